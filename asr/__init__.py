"""From media to timed words: probing, decoding and speech recognition."""
