"""Who speaks when, and whose words are whose."""
