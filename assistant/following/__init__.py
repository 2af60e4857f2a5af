"""What follows from sources that keep themselves current: when they are synced, what a rule publishes, and the digest."""
