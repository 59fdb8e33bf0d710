"""Where somebody speaks, what to listen to, and when exactly words are said (pure)."""
