"""Statutory duties: the register, the bodies they bind, their states in local text, conflicts."""
