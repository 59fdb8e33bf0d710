"""Frame rate and shot changes."""
