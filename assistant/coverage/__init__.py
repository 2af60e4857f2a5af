"""The coverage report: what the documents do not cover. Every finding quotes its source; the policy team decides."""
