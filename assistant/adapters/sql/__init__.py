"""Shared by both SQL databases: engines, transactions, schema upgrades."""
