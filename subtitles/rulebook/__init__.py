"""What the checks look for, as tables: severity, unit, and words for people."""
