"""Answers policy questions with verbatim, cited quotes, or refuses."""

__version__ = "0.1.0"
"""The version of the project; wheel, API and ``assistant --version`` take it from here."""
