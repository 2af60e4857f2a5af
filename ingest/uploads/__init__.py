"""Documents that are uploaded: staged, previewed, published, rolled back."""
