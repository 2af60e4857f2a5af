"""What the policy team does with approved answers and blocks, and what a publication does to them."""
