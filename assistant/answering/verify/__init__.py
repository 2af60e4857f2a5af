"""Checks claims against the words they quote."""
