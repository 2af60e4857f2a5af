"""What stories are made of: themes, pools, people and names, read from data files and checked."""
