"""Finds the passages that may answer: searches, fusion, ranking."""
