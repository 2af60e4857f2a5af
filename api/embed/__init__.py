"""The page that other sites show in a frame, and the script that inserts it."""
