"""API tokens in SQLite or PostgreSQL."""

import secrets
from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import Engine, select, update

from review.access.log import AccessEventKind
from review.access.tokens import (
    ApiToken,
    Bearer,
    Scope,
    is_secret,
    new_secret,
    require_scopes,
    secret_sha256,
)
from review.errors import UnknownTaskError
from review.sql.access_log import record, require_user
from review.sql.database import reading, writing
from review.sql.rows import require_known
from review.sql.schema_people import ApiTokenRow, UserRow
from review.store import Clock
from review.tasks import User
from review.texts import clean_name

SEEN_EVERY = timedelta(minutes=1)
"""The last use is noted at most this often, so that reading a page is no write."""

_ID_BYTES = 9


class SqlTokens:
    """Implements `review.access.tokens.Tokens`."""

    def __init__(self, engine: Engine, clock: Clock) -> None:
        self._engine, self._clock = engine, clock

    def issue(
        self, owner_id: str, name: str, scopes: Collection[Scope], *, lifetime: timedelta
    ) -> tuple[ApiToken, str]:
        """See the port."""
        shown, granted, now = clean_name(name), require_scopes(scopes, lifetime), self._clock()
        secret, prefix = new_secret()
        row = ApiTokenRow(
            token_id=secrets.token_urlsafe(_ID_BYTES),
            owner_id=owner_id,
            name=shown,
            prefix=prefix,
            secret_sha256=secret_sha256(secret),
            scopes=sorted(granted),
            created_at=now,
            expires_at=now + lifetime,
        )
        with writing(self._engine) as session:
            require_user(session, owner_id)
            session.add(row)
            issued = AccessEventKind.TOKEN_ISSUED
            record(session, issued, shown, " ".join(row.scopes), by=owner_id, now=now)
        return _token_of(row), secret

    def bearer(self, secret: str) -> Bearer | None:
        """See the port."""
        if not is_secret(secret):
            return None
        now = self._clock()
        wanted = (
            select(ApiTokenRow, UserRow)
            .join(UserRow, UserRow.user_id == ApiTokenRow.owner_id)
            .where(ApiTokenRow.secret_sha256 == secret_sha256(secret), UserRow.is_active)
        )
        with reading(self._engine) as session:
            found = session.execute(wanted).one_or_none()
        if found is None:
            return None
        row, owner = found
        token = _token_of(row)
        if not token.is_valid(now):
            return None
        if token.used_at is None or now - token.used_at >= SEEN_EVERY:
            self._note_use(token.token_id, now)
        user = User(user_id=owner.user_id, name=owner.name, role=owner.role)
        return Bearer(user=user, scopes=token.scopes)

    def tokens(self, owner_id: str) -> tuple[ApiToken, ...]:
        """See the port."""
        own = select(ApiTokenRow).where(ApiTokenRow.owner_id == owner_id)
        newest = own.order_by(ApiTokenRow.created_at.desc(), ApiTokenRow.token_id)
        with reading(self._engine) as session:
            return tuple(_token_of(row) for row in session.scalars(newest))

    def revoke(self, token_id: str, *, owner_id: str) -> None:
        """See the port."""
        require_known("token", token_id)
        with writing(self._engine) as session:
            row = session.get(ApiTokenRow, token_id, with_for_update=True)
            if row is None or row.owner_id != owner_id:
                raise UnknownTaskError("token", token_id)
            if row.revoked_at is None:
                row.revoked_at = self._clock()
                revoked = AccessEventKind.TOKEN_REVOKED
                record(session, revoked, row.name, by=owner_id, now=row.revoked_at)

    def _note_use(self, token_id: str, now: datetime) -> None:
        used = update(ApiTokenRow).where(ApiTokenRow.token_id == token_id).values(used_at=now)
        with writing(self._engine) as session:
            session.execute(used)


def _token_of(row: ApiTokenRow) -> ApiToken:
    if row.expires_at is None:
        raise AssertionError(f"token {row.token_id} never expires: none is issued like that")
    return ApiToken(
        token_id=row.token_id,
        owner_id=row.owner_id,
        name=row.name,
        prefix=row.prefix,
        scopes=frozenset(map(Scope, row.scopes)),
        created_at=row.created_at,
        expires_at=row.expires_at,
        used_at=row.used_at,
        revoked_at=row.revoked_at,
    )
