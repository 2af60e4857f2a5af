"""Measures reading: how much of real files can be quoted, against the words that another library finds on their pages."""
