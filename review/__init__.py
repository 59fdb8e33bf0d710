"""The review queue: tasks, claims, edits, decisions and the reviewer form."""
