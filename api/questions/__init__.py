"""What was asked, for the policy team; never who."""
