"""Order, caching, resuming and the command line; wires the other rooms together."""
