"""Files on their way out: how they are named, and how a set of them appears at once."""
