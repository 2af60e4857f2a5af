"""The Model Context Protocol: the assistant as tools and resources of other assistants."""
