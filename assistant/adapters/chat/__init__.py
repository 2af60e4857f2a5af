"""Chat models and retrievers of LangChain."""
