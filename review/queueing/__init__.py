"""What waits for whom: filters, counts, the next task, plans."""
