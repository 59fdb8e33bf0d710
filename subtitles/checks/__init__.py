"""Checks: what breaks the style profile, in a whole track and in a cue while it is edited."""
