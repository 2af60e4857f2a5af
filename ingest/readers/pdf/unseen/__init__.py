"""Words of a PDF page that no reader sees, or that were struck out: taken out before the page is read, and listed."""
