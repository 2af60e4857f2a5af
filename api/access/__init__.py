"""Access control: API keys, sessions, sign-in, rate limits, host check and security headers."""
