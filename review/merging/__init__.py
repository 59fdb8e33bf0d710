"""What becomes of people's work when the machine has heard or translated a title anew (pure)."""
