"""Who asks: signing in, and what is kept of them, given out and erased."""
