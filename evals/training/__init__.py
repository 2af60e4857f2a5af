"""Trains the small models: an embedder, a reader and a verifier, from the shared material and our own."""
