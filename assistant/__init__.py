"""Answers policy questions with verbatim, cited quotes, or refuses."""
