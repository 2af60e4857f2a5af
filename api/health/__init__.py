"""Whether the server lives, is ready and cleans up after itself."""
