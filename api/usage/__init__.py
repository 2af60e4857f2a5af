"""Usage for the policy team: counts by week, never who asked."""
