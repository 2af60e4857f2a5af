"""Measures the coverage parts against what was labelled by hand."""
