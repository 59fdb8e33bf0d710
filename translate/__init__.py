"""From source cues to target cues: sentences, translation engines, projection."""
