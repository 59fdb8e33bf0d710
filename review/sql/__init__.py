"""The queue, its people, its log and its memory in SQLite or PostgreSQL: adapters of the ports."""
