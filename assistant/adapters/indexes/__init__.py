"""Indexes of passages: Chroma for vectors, tantivy for words."""
