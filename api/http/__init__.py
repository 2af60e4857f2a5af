"""HTTP plumbing that every feature shares: problems, body limits, ETags, metrics, the OpenAPI document."""
