"""The steps of an ingest: what changed, reading and cutting, embedding, the report."""
