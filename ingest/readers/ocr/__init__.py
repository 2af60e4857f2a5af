"""Reads pages that are pictures by Tesseract: words with their places, how sure it is of each, and which numbers are doubtful."""
