"""Evidence files: what the documents said at a date, or what was answered, sealed so that it can be checked by anybody."""
