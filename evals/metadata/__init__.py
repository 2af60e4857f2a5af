"""Measures what is proposed as metadata against what documents say."""
