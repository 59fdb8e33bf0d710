"""Which words may be invented, and what may be missed (pure)."""
