"""Training scenarios: drawn, changed, saved and given out."""
