"""A scenario as files and data."""
