"""Which files are ingested, and the metadata of each."""
