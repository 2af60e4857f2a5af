"""What both SQL databases share: engines, transactions, schema upgrades."""
