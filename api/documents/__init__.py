"""The documents that an asker may see: list, pages with highlighted quotes, page images and files."""
