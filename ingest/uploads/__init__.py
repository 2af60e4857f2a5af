"""Documents that come in by upload: staged, previewed, published, undone."""
