"""How good recognition is, measured against references (pure; needs no model)."""
