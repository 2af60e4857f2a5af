"""Trains the small models: an embedder, a reranker and a verifier, from the shared material and our own."""
