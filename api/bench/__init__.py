"""The bench: everyday questions asked of the published and of the draft library before a document is published."""
