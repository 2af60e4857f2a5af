"""Feedback of readers on outcomes."""
