"""Training of small translation models on sentence pairs: prepare, train, evaluate, convert."""
