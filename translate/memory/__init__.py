"""What was approved before: units, where they are kept, how they are found again, TMX."""
