"""Cues to whole sentences, and what an engine is shown of them."""
