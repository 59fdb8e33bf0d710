"""A chat model behind an HTTP endpoint: where it is, what it is told, which replies are used."""
