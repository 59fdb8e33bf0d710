"""Runs migrations on the connection `review.sql.migrate` hands over, inside its transaction."""

from alembic import context

from review.sql import tables

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=tables.METADATA,
    # SQLite cannot alter a table in place: Alembic copies it instead.
    render_as_batch=True,
    # The caller has begun, and commits: schema and version change together or not at all.
    transactional_ddl=True,
)
context.run_migrations()
