"""OpenAI-compatible chat completions over the same service."""
