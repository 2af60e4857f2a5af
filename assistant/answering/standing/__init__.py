"""Questions that the assistant asks the library itself: what to do today about a kind of need, and who decides."""
