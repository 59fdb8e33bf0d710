"""Media files to samples on the title's own clock."""
