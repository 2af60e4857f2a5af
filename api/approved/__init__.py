"""Approved answers: drafted, approved by a second person, withdrawn, exported and imported by the policy team."""
