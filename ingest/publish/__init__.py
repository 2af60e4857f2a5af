"""The steps of an ingest from files to the library: what is new, embedding, report."""
