"""The first account: made through an address that only whoever started the server has seen."""

import secrets
from threading import Lock

from review.people import People
from review.tasks import Role, User
from review.web.problems import NoSetupError


class FirstRun:
    """Guards the way from no account at all to the first administrator.

    The token is made anew with every start, shown by the server on its own terminal, and worth
    nothing once there is an account.
    """

    def __init__(self, people: People) -> None:
        self._people = people
        self._token = secrets.token_urlsafe(32)
        self._lock = Lock()

    def pending(self) -> bool:
        """Whether there is no account yet."""
        return not self._people.users()

    @property
    def path(self) -> str:
        """Path and query of the setup page."""
        return f"/setup?token={self._token}"

    def check(self, token: str) -> None:
        """Return if setup is open to whoever holds ``token``; NoSetupError otherwise."""
        matches = secrets.compare_digest(token.encode(), self._token.encode())
        if not matches or not self.pending():
            raise NoSetupError

    def create_admin(self, token: str, name: str, password: str) -> User:
        """The first account; NoSetupError when somebody was faster, InvalidEditError as usual."""
        with self._lock:
            self.check(token)
            return self._people.add_user(name, password, Role.ADMIN)
