"""The documents' own files, pictures of their pages and the places of words on them."""
