"""From a question to an outcome: the pipeline and its steps."""
