"""Questions put to the documents: topics, open questions, themes and the probes that ask them."""
