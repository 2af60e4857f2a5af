"""Measures the sections of the coverage report against labels by hand."""
