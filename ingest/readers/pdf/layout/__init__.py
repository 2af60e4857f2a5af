"""Where the words of a page belong: tables, boxes, columns and figures, in the order of reading."""
