"""A trainer's changes to a scenario: edits, redraws, a retelling by a language model."""
