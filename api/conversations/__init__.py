"""Conversations and their history; each belongs to its asker alone."""
