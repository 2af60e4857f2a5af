"""Fictional training scenarios, put together from a grammar of our own; what good practice looks like is cited."""
