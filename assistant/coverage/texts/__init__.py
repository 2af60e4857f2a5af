"""Paragraphs and sentences in the form that the report compares them in."""
