"""Sources that the library follows: added, synced, looked at, published; their digest as page and feed."""
