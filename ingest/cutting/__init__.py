"""From a read file to the text, sections, sentences and passages of an edition."""
