"""What sends webhooks."""
