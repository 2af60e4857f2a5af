"""The documents that an asker may see: list, pages with marks, pictures and files."""
