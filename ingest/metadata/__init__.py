"""What is proposed as metadata of a document, read from its cover, its properties and the name of its file."""
