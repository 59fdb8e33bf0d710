"""Cues of a transcript cut anew from the times of its words, once people corrected them (pure)."""
