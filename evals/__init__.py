"""Measures how often the assistant is wrong."""
