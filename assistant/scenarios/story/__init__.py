"""Tells a story from the grammar: request, fragments, people, days."""
