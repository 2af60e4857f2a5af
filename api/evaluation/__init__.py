"""Evaluation without a terminal: question sets, runs, their reports, and the signed scorecard."""
