"""The documents' own files, images of their pages and the positions of words on them."""
