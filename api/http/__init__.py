"""What every request and answer shares: problems, limits on bodies, ETags, metrics, the OpenAPI document."""
