"""Statutory duties: the register, who each duty falls on, its state in local policy, conflicts."""
