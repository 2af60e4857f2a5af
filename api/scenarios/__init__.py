"""Training scenarios: drawing, editing, saving and downloading them."""
