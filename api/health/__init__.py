"""Health, readiness, metrics and the daily purge."""
