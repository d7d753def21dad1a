"""What is searched for: the words that are compared, the language of a search, and the indexes on both engines."""
