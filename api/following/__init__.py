"""What follows sources while a server runs: its syncs, its schedule and its digest."""
