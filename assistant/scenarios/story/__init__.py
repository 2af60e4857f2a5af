"""Tells a story from the grammar: request, plot, people, days."""
