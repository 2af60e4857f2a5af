"""Evidence files: made, checked, and the key that they are sealed with."""
