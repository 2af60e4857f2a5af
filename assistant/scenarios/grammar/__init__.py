"""The grammar of stories: themes, fragments, settings and names, read from data files and checked."""
