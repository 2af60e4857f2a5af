"""Changes between two editions, and the local passages that cite the changed paragraphs."""
