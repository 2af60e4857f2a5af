"""Fictional training scenarios, built from a grammar; good practice is quoted from documents and cited."""
