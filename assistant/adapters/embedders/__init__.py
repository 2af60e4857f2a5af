"""Embedders: our own, the packaged MiniLM, and any of sentence-transformers."""
