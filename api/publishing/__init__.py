"""Publishing documents: upload, preview, publish, undo."""
