"""Conversations and their history; each is visible to its asker only."""
