"""What readers make of outcomes."""
