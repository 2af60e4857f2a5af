"""How each kind of source is looked at."""
