"""Blocks: what is kept from answering a topic."""
