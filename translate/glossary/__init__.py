"""The show's words: what they are, how they are kept, found, put into translations and verified."""
