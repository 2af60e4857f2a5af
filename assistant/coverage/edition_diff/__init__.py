"""What changed between two editions, and which local passages cite what changed."""
