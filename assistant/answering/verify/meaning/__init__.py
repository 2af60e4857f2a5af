"""Whether a claim means no more and nothing else than its quote says."""
