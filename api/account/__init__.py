"""Signing in, and the asker's own data: shown, exported and erased."""
