"""Documents that the library refers to: their names, and whether they are in the library."""
