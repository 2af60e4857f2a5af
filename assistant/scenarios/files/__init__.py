"""Files and data that a scenario is given out as."""
