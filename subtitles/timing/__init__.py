"""The timing pass: when cues come and go, on the frame grid, off the cuts, with a reason a move."""
