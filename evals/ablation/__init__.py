"""What each kind of evidence and each model is worth."""
