"""Timed text itself: time, words, cues, style profiles, checks and file formats.

The ground floor: needs no model, no database and no network.
"""
