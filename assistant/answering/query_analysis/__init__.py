"""What a question asks for: its words with their rarity, and the type of answer."""
