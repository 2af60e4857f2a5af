"""Who may come in: keys, sessions, sign-in, limits and the headers that keep a browser careful."""
