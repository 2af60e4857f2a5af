"""Questions put to the documents: topics, open questions, their themes, and the probes that ask them."""
