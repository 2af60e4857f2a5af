"""Cross-encoders that score pairs of texts: the reranker and the entailment models."""
