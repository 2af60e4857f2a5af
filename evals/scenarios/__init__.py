"""Measures training scenarios: how far apart they are, what they say, and how apt their expectations are."""
