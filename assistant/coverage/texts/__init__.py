"""Paragraphs and sentences as the sections of the report compare them."""
