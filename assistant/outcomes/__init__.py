"""An outcome outside the program: JSON, schema, and the text of a citation."""
