"""Measures whether answers are whole: lists, definitions, rows, exceptions, differing texts, other areas' contacts."""
