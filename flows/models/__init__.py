"""Which models there are, where their files come from, and whether they are what they should be."""
