"""Running an installation: backup, retention, personal data, keys, scorecard, status."""
