"""What learning reviews find and recommend."""
