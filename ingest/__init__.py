"""Reads files and publishes them to the library."""
