"""Documents that the library names: how they are called, and how they stand."""
