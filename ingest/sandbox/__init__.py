"""Reads files in a child process with limits."""
