"""The HTTP API; nothing stands here yet."""
