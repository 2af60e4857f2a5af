"""What each group of features and each model is worth."""
