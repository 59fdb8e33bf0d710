"""Which rule every route has: who may use it, and what a token must be for.

`create_app` refuses to start with a route that has no line here, so that a forgotten rule is found
at once and not by a stranger. What the rules mean is decided in `review.web.access`.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from review.access.tokens import Scope


class Access(StrEnum):
    """Who may use a route."""

    PUBLIC = "public"
    LOGIN = "login"
    LINGUIST = "linguist"
    LEAD = "lead"
    ADMIN = "admin"


RULES: Mapping[str, Access] = MappingProxyType(
    {
        # Reached before anybody is logged in.
        "static": Access.PUBLIC,
        "health": Access.PUBLIC,
        "login_page": Access.PUBLIC,
        "log_in": Access.PUBLIC,
        "setup_page": Access.PUBLIC,
        "set_up": Access.PUBLIC,
        "api_log_in": Access.PUBLIC,
        "go_to_provider": Access.PUBLIC,
        "come_back": Access.PUBLIC,
        # Looking.
        "log_out": Access.LOGIN,
        "account_page": Access.LOGIN,
        "change_password": Access.LOGIN,
        "queue_page": Access.LOGIN,
        "task_page": Access.LOGIN,
        "history_page": Access.LOGIN,
        "comments_page": Access.LOGIN,
        "api_task": Access.LOGIN,
        "api_comments": Access.LOGIN,
        "media": Access.LOGIN,
        "export": Access.LOGIN,
        "release_page": Access.LOGIN,
        "effort_page": Access.LOGIN,
        "effort_table": Access.LOGIN,
        "release_file": Access.LOGIN,
        "api_release_manifest": Access.LOGIN,
        "api_tasks": Access.LOGIN,
        "api_cues": Access.LOGIN,
        "api_cue": Access.LOGIN,
        "api_events": Access.LOGIN,
        "api_offers": Access.LOGIN,
        "api_terms": Access.LOGIN,
        "api_timeline": Access.LOGIN,
        "api_hearing": Access.LOGIN,
        "api_resegmentation": Access.LOGIN,
        # Working.
        "take_next": Access.LINGUIST,
        "api_take_next": Access.LINGUIST,
        "claim": Access.LINGUIST,
        "release": Access.LINGUIST,
        "cue_page": Access.LINGUIST,
        "edit_cue": Access.LINGUIST,
        "approve": Access.LINGUIST,
        "request_changes": Access.LINGUIST,
        "api_claim": Access.LINGUIST,
        "api_heartbeat": Access.LINGUIST,
        "api_edit_cue": Access.LINGUIST,
        "api_confirm_cue": Access.LINGUIST,
        "api_step": Access.LINGUIST,
        "submit": Access.LINGUIST,
        "waive": Access.LINGUIST,
        "comment": Access.LINGUIST,
        "resolve_comment": Access.LINGUIST,
        "api_release": Access.LINGUIST,
        "api_submit": Access.LINGUIST,
        "api_approve": Access.LINGUIST,
        "api_request_changes": Access.LINGUIST,
        "api_waive": Access.LINGUIST,
        "api_comment": Access.LINGUIST,
        "api_resolve_comment": Access.LINGUIST,
        # Leading. Numbers about everybody's work are for who plans it, and see OPEN_ON_LOOPBACK.
        "metrics": Access.LEAD,
        "plan": Access.LEAD,
        "api_plan": Access.LEAD,
        "reopen": Access.LEAD,
        "start": Access.LEAD,
        "cancel": Access.LEAD,
        "restore": Access.LEAD,
        "api_reopen": Access.LEAD,
        "api_start": Access.LEAD,
        "api_cancel": Access.LEAD,
        "api_restore": Access.LEAD,
        # Oneself.
        "api_me": Access.LOGIN,
        "api_log_out": Access.LOGIN,
        "api_change_password": Access.LOGIN,
        "tokens_page": Access.LOGIN,
        "issue_token": Access.LOGIN,
        "revoke_token": Access.LOGIN,
        "api_tokens": Access.LOGIN,
        "api_issue_token": Access.LOGIN,
        "api_revoke_token": Access.LOGIN,
        # Projects.
        "projects_page": Access.LOGIN,
        "glossary_page": Access.LOGIN,
        "glossary_file": Access.LOGIN,
        "api_glossary": Access.LOGIN,
        "store_glossary": Access.LEAD,
        "api_store_glossary": Access.LEAD,
        "api_page": Access.LOGIN,
        "api_schema": Access.LOGIN,
        "styles_page": Access.LOGIN,
        "style_page": Access.LOGIN,
        "api_style": Access.LOGIN,
        "api_projects": Access.LOGIN,
        "api_place_task": Access.LEAD,
        "add_project": Access.ADMIN,
        "change_project": Access.ADMIN,
        "api_add_project": Access.ADMIN,
        "api_change_project": Access.ADMIN,
        # People.
        "people_page": Access.ADMIN,
        "person_page": Access.ADMIN,
        "access_log_page": Access.ADMIN,
        "set_role": Access.ADMIN,
        "grant": Access.ADMIN,
        "withdraw": Access.ADMIN,
        "api_people": Access.ADMIN,
        "api_add_person": Access.ADMIN,
        "api_invite": Access.ADMIN,
        "invite": Access.ADMIN,
        "api_set_role": Access.ADMIN,
        "api_set_active": Access.ADMIN,
        "api_reset_password": Access.ADMIN,
        "api_memberships": Access.ADMIN,
        "api_grant": Access.ADMIN,
        "api_withdraw": Access.ADMIN,
        "api_access_log": Access.ADMIN,
        # Webhooks.
        "hooks_page": Access.ADMIN,
        "hook_page": Access.ADMIN,
        "add_hook": Access.ADMIN,
        "switch_hook": Access.ADMIN,
        "api_hooks": Access.ADMIN,
        "api_add_hook": Access.ADMIN,
        "api_switch_hook": Access.ADMIN,
        "api_deliveries": Access.ADMIN,
        "add_person": Access.ADMIN,
        "reset_password": Access.ADMIN,
        "set_active": Access.ADMIN,
    }
)

OPEN_ON_LOOPBACK = frozenset({"metrics"})
"""Routes that programs of this machine may use without anybody's name."""

SCOPES: Mapping[str, Scope | None] = MappingProxyType(
    {
        "metrics": Scope.TASKS_READ,
        **dict.fromkeys(("export", "release_file", "api_release_manifest"), Scope.EXPORT_READ),
        # With these a token could outlive itself, or become another.
        **dict.fromkeys(
            (
                "api_log_out",
                "api_change_password",
                "api_tokens",
                "api_issue_token",
                "api_revoke_token",
            )
        ),
    }
)
"""What a token must be for, where rule and method do not tell; None: no token may."""
