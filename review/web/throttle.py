"""How often somebody may try to log in."""

import hashlib
import math
import time

from limits import RateLimitItem, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from review.web.problems import TooManyLoginsError

PER_ACCOUNT_AND_ADDRESS = 5
PER_ADDRESS = 20


class LoginThrottle:
    """Counts attempts per minute, per address and per account and address.

    Counted in this process's memory: the form runs as one process. Known and unknown names are
    treated alike, so that the count tells nobody which accounts exist.
    """

    def __init__(self) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())
        self._per_address = RateLimitItemPerMinute(PER_ADDRESS, namespace="login-address")
        self._per_account = RateLimitItemPerMinute(
            PER_ACCOUNT_AND_ADDRESS, namespace="login-account"
        )

    def count(self, name: str, address: str) -> None:
        """Count one attempt.

        Raises:
            TooManyLoginsError: when it is one too many; it says how long to wait.
        """
        self._hit(self._per_address, address)
        self._hit(self._per_account, _key(name), address)

    def forgive(self, name: str, address: str) -> None:
        """Forget this account's attempts from this address: somebody knew the password."""
        self._limiter.clear(self._per_account, _key(name), address)

    def _hit(self, item: RateLimitItem, *keys: str) -> None:
        if not self._limiter.hit(item, *keys):
            reset_at_s = self._limiter.get_window_stats(item, *keys).reset_time
            raise TooManyLoginsError(max(1, math.ceil(reset_at_s - time.time())))


def _key(name: str) -> str:
    """A key of fixed length, whatever was typed into the name field."""
    return hashlib.sha256(name.strip().casefold().encode()).hexdigest()
