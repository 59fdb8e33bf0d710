"""What people do in review starts work: from the outbox to whoever does it."""
