"""Which rendering a sentence gets, and what is doubtful about it."""
