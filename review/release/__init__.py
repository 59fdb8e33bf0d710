"""What leaves review: the text as it was approved, where each cue came from, files made of it."""
