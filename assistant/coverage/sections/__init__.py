"""The sections of the coverage report, one file each."""
