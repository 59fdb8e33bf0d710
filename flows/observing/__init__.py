"""What can be seen of the work while it goes on and afterwards: costs, logs, metrics, spans."""
