"""The run log: what was asked for, when, where, how it went, and what it took."""
