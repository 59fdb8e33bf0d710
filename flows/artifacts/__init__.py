"""Results of stages, stored under what made them, so that nothing is computed twice."""
