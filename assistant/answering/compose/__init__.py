"""Turns hits into a draft answer."""
