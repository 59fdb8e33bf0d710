"""Projects, two stages, structure of cues, comments, memberships, tokens, webhooks, time at work."""

import sqlalchemy as sa
from alembic import op


revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

SERIAL = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    _make_projects()
    _make_access()
    _make_webhooks()
    _make_desk()
    _widen_tasks()
    _widen_cues()
    op.add_column("assignments", _switch("is_check"))
    # Not by copying: events and snapshots carry triggers, which a copy would not have.
    op.add_column("events", _switch("is_implicit"))
    op.add_column("events", _text("request_id"))
    op.add_column("snapshots", _text("document"))
    op.add_column("snapshots", _text("manifest"))
    op.add_column("findings", _text("waived_by"))
    op.add_column("findings", _text("waiver"))
    with op.batch_alter_table("users") as users:
        users.add_column(sa.Column("oidc_subject", sa.Text(), nullable=True))
        users.create_unique_constraint("uq_users_oidc_subject", ["oidc_subject"])


def downgrade() -> None:
    with op.batch_alter_table("users") as users:
        users.drop_constraint("uq_users_oidc_subject", type_="unique")
        users.drop_column("oidc_subject")
    for table, column in (
        ("findings", "waiver"),
        ("findings", "waived_by"),
        ("snapshots", "manifest"),
        ("snapshots", "document"),
        ("events", "request_id"),
        ("events", "is_implicit"),
        ("assignments", "is_check"),
        *(("cues", name) for name in _CUE_COLUMNS),
    ):
        op.drop_column(table, column)
    with op.batch_alter_table("tasks") as tasks:
        for name in (
            "reserved_for_users",
            "submitted_by_users",
            "assigned_to_users",
            "project_id_projects",
        ):
            tasks.drop_constraint(f"fk_tasks_{name}", type_="foreignkey")
        tasks.drop_index("ix_tasks_project_id")
        for name in _TASK_COLUMNS:
            tasks.drop_column(name)
    for table in (
        "work_times",
        "comments",
        "source_cues",
        "webhook_deliveries",
        "webhooks",
        "memberships",
        "api_tokens",
        "projects",
    ):
        op.drop_table(table)


_TASK_COLUMNS = (
    "project_id",
    "published_sha256",
    "priority",
    "due_at",
    "assigned_to",
    "submitted_by",
    "reserved_for",
    "reserved_until",
    "structure_version",
    "stale_count",
    "comment_count",
    "risk",
)
_CUE_COLUMNS = (
    "machine_start_ms",
    "machine_end_ms",
    "first_source",
    "last_source",
    "is_stale",
    "offered_text",
)


def _text(name: str) -> sa.Column:
    return sa.Column(name, sa.Text(), nullable=False, server_default="")


def _switch(name: str) -> sa.Column:
    return sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false())


def _whole(name: str) -> sa.Column:
    return sa.Column(name, sa.Integer(), nullable=False, server_default="0")


def _make_projects() -> None:
    projects = op.create_table(
        "projects",
        sa.Column("project_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("two_stages", sa.Boolean(), nullable=False),
        sa.Column("source_first", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("project_id", name="pk_projects"),
    )
    op.execute(
        projects.insert().values(
            project_id="",
            name="",
            created_at=sa.func.current_timestamp(),
            two_stages=False,
            source_first=False,
        )
    )


def _make_access() -> None:
    op.create_table(
        "api_tokens",
        sa.Column("token_id", sa.Text(), nullable=False),
        sa.Column("owner_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("prefix", sa.Text(), nullable=False),
        sa.Column("secret_sha256", sa.Text(), nullable=False),
        sa.Column("scopes", sa.JSON(), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("expires_at", TIME, nullable=True),
        sa.Column("used_at", TIME, nullable=True),
        sa.Column("revoked_at", TIME, nullable=True),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["users.user_id"], name="fk_api_tokens_owner_id_users"
        ),
        sa.PrimaryKeyConstraint("token_id", name="pk_api_tokens"),
        sa.UniqueConstraint("secret_sha256", name="uq_api_tokens_secret_sha256"),
    )
    op.create_index("ix_api_tokens_owner_id", "api_tokens", ["owner_id"])
    op.create_table(
        "memberships",
        sa.Column("membership_id", SERIAL, nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("project_id", sa.Text(), nullable=True),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("role", sa.String(24), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id"], ["projects.project_id"], name="fk_memberships_project_id_projects"
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.user_id"], name="fk_memberships_user_id_users"),
        sa.PrimaryKeyConstraint("membership_id", name="pk_memberships"),
    )
    op.create_index("ix_memberships_user_id", "memberships", ["user_id"])


def _make_webhooks() -> None:
    op.create_table(
        "webhooks",
        sa.Column("webhook_id", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("secret", sa.Text(), nullable=False),
        sa.Column("kinds", sa.JSON(), nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["created_by"], ["users.user_id"], name="fk_webhooks_created_by_users"
        ),
        sa.PrimaryKeyConstraint("webhook_id", name="pk_webhooks"),
    )
    op.create_table(
        "webhook_deliveries",
        sa.Column("webhook_id", sa.Text(), nullable=False),
        sa.Column("message_id", SERIAL, nullable=False),
        sa.Column("next_try_at", TIME, nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("delivered_at", TIME, nullable=True),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["message_id"], ["outbox.message_id"], name="fk_webhook_deliveries_message_id_outbox"
        ),
        sa.ForeignKeyConstraint(
            ["webhook_id"],
            ["webhooks.webhook_id"],
            name="fk_webhook_deliveries_webhook_id_webhooks",
        ),
        sa.PrimaryKeyConstraint("webhook_id", "message_id", name="pk_webhook_deliveries"),
    )
    op.create_index("ix_webhook_deliveries_next_try_at", "webhook_deliveries", ["next_try_at"])


def _make_desk() -> None:
    op.create_table(
        "comments",
        sa.Column("comment_id", SERIAL, nullable=False),
        sa.Column("task_id", sa.Text(), nullable=False),
        sa.Column("cue_id", sa.Text(), nullable=True),
        sa.Column("author_id", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("is_blocking", sa.Boolean(), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("resolved_by", sa.Text(), nullable=True),
        sa.Column("resolved_at", TIME, nullable=True),
        sa.ForeignKeyConstraint(["author_id"], ["users.user_id"], name="fk_comments_author_id_users"),
        sa.ForeignKeyConstraint(["task_id"], ["tasks.task_id"], name="fk_comments_task_id_tasks"),
        sa.PrimaryKeyConstraint("comment_id", name="pk_comments"),
    )
    op.create_index("ix_comments_task_id_cue_id", "comments", ["task_id", "cue_id"])
    op.create_table(
        "work_times",
        sa.Column("task_id", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("day", sa.Text(), nullable=False),
        sa.Column("active_ms", sa.Integer(), nullable=False),
        sa.Column("seen_at", TIME, nullable=True),
        sa.ForeignKeyConstraint(["task_id"], ["tasks.task_id"], name="fk_work_times_task_id_tasks"),
        sa.ForeignKeyConstraint(["user_id"], ["users.user_id"], name="fk_work_times_user_id_users"),
        sa.PrimaryKeyConstraint("task_id", "user_id", "day", name="pk_work_times"),
    )
    op.create_table(
        "source_cues",
        sa.Column("task_id", sa.Text(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("cue_id", sa.Text(), nullable=False),
        sa.Column("start_ms", sa.Integer(), nullable=False),
        sa.Column("end_ms", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["task_id"], ["tasks.task_id"], name="fk_source_cues_task_id_tasks"),
        sa.PrimaryKeyConstraint("task_id", "ordinal", name="pk_source_cues"),
    )


def _widen_tasks() -> None:
    with op.batch_alter_table("tasks") as tasks:
        tasks.add_column(_text("project_id"))
        tasks.add_column(sa.Column("published_sha256", sa.Text(), nullable=True))
        tasks.add_column(_whole("priority"))
        tasks.add_column(sa.Column("due_at", TIME, nullable=True))
        tasks.add_column(sa.Column("assigned_to", sa.Text(), nullable=True))
        tasks.add_column(sa.Column("submitted_by", sa.Text(), nullable=True))
        tasks.add_column(sa.Column("reserved_for", sa.Text(), nullable=True))
        tasks.add_column(sa.Column("reserved_until", TIME, nullable=True))
        tasks.add_column(_whole("structure_version"))
        tasks.add_column(_whole("stale_count"))
        tasks.add_column(_whole("comment_count"))
        tasks.add_column(sa.Column("risk", sa.Double(), nullable=False, server_default="0"))
        tasks.create_index("ix_tasks_project_id", ["project_id"])
        tasks.create_foreign_key(
            "fk_tasks_project_id_projects", "projects", ["project_id"], ["project_id"]
        )
        tasks.create_foreign_key("fk_tasks_assigned_to_users", "users", ["assigned_to"], ["user_id"])
        for name in ("submitted_by", "reserved_for"):
            tasks.create_foreign_key(f"fk_tasks_{name}_users", "users", [name], ["user_id"])


def _widen_cues() -> None:
    op.add_column("cues", sa.Column("machine_start_ms", sa.Integer(), nullable=True))
    op.add_column("cues", sa.Column("machine_end_ms", sa.Integer(), nullable=True))
    op.add_column("cues", sa.Column("first_source", sa.Integer(), nullable=True))
    op.add_column("cues", sa.Column("last_source", sa.Integer(), nullable=True))
    op.add_column("cues", _switch("is_stale"))
    op.add_column("cues", _text("offered_text"))
    # Until now nobody could change times or structure, so every cue renders the one of its number.
    op.execute(
        "UPDATE cues SET machine_start_ms = start_ms, machine_end_ms = end_ms, "
        "first_source = ordinal, last_source = ordinal"
    )
    op.execute(
        "INSERT INTO source_cues (task_id, ordinal, cue_id, start_ms, end_ms, text) "
        "SELECT task_id, ordinal, cue_id, start_ms, end_ms, source_text FROM cues"
    )
