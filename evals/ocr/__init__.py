"""Measures recognised text: rendered pages of known words, clean and damaged, read as a scan is."""
