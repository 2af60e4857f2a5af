"""Text as every part of the program compares it: words, abbreviations, quotes, duty words."""
