"""How good a translation is against a reference."""
