"""A trainer's changes to a scenario: own words, redraws, a retelling by a language model."""
