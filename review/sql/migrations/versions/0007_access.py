"""Invitations by e-mail, the log of people and projects, words of projects."""

import sqlalchemy as sa
from alembic import op


revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

SERIAL = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    with op.batch_alter_table("users") as users:
        users.add_column(sa.Column("email", sa.Text(), nullable=True))
        users.create_unique_constraint("uq_users_email", ["email"])
    op.create_table(
        "access_events",
        sa.Column("event_id", SERIAL, nullable=False),
        sa.Column("actor_id", sa.Text(), nullable=True),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.ForeignKeyConstraint(
            ["actor_id"], ["users.user_id"], name="fk_access_events_actor_id_users"
        ),
        sa.PrimaryKeyConstraint("event_id", name="pk_access_events"),
    )
    _refuse_changes("access_events")
    op.create_table(
        "glossaries",
        sa.Column("glossary_id", SERIAL, nullable=False),
        sa.Column("project_id", sa.Text(), nullable=False),
        sa.Column("csv", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("term_count", sa.Integer(), nullable=False),
        sa.Column("stored_by", sa.Text(), nullable=False),
        sa.Column("stored_at", TIME, nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id"], ["projects.project_id"], name="fk_glossaries_project_id_projects"
        ),
        sa.ForeignKeyConstraint(
            ["stored_by"], ["users.user_id"], name="fk_glossaries_stored_by_users"
        ),
        sa.PrimaryKeyConstraint("glossary_id", name="pk_glossaries"),
    )
    op.create_index("ix_glossaries_project_id", "glossaries", ["project_id"])


def downgrade() -> None:
    op.drop_table("glossaries")
    op.drop_table("access_events")
    with op.batch_alter_table("users") as users:
        users.drop_constraint("uq_users_email", type_="unique")
        users.drop_column("email")


def _refuse_changes(table: str) -> None:
    """Rows of ``table`` can be added and read, and nothing else: not even by mistake."""
    if op.get_bind().dialect.name == "sqlite":
        for change in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_refuse_{change.lower()} BEFORE {change} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} can only be added to'); END"
            )
        return
    op.execute(  # the function is there since the first tables
        f"CREATE TRIGGER {table}_refuse_change BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION polycue_refuse_change()"
    )
