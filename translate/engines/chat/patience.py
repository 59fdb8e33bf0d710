"""How long an endpoint is waited for, and how it says itself that it wants to be waited for."""

from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How long an endpoint is waited for.

    Attributes:
        attempts: Requests made at most, the first included.
        connect_s: Seconds for a connection.
        answer_s: Seconds for a whole answer.
        first_pause_s: Seconds before the second request; doubled for each further one.
        longest_pause_s: An endpoint that wants to be left alone for longer is given up.
    """

    attempts: int = 5
    connect_s: float = 10.0
    answer_s: float = 300.0
    first_pause_s: float = 1.0
    longest_pause_s: float = 60.0

    def pause_after(self, attempt: int, wanted_s: float | None) -> float | None:
        """Seconds until the next request; None when there will be none.

        Args:
            attempt: The one that failed, counted from 0.
            wanted_s: What the endpoint asks for; None when it asks for nothing.
        """
        if attempt + 1 >= self.attempts:
            return None
        usual = min(self.first_pause_s * 2**attempt, self.longest_pause_s)
        pause = usual if wanted_s is None else wanted_s
        return pause if pause <= self.longest_pause_s else None


def wanted_pause_s(retry_after: str | None) -> float | None:
    """Seconds that a ``Retry-After`` header asks for, itself or by a date; None for none."""
    if retry_after is None:
        return None
    # No honest endpoint writes more digits, and a number of thousands of them takes long to read.
    if retry_after.isascii() and retry_after.isdigit():
        return float(retry_after[:9])
    try:
        until = parsedate_to_datetime(retry_after)
    except ValueError:
        return None
    if until.tzinfo is None:
        until = until.replace(tzinfo=UTC)
    return max(0.0, (until - datetime.now(UTC)).total_seconds())
