"""Documents come in by upload, are previewed, published and undone."""
