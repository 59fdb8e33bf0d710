"""How telling other programs fails."""

from subtitles.errors import ReviewError


class InvalidHookError(ReviewError):
    """An address that no webhook may have."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why

    def __str__(self) -> str:
        return f"no webhook can go there: {self.why}"


class NotDeliveredError(ReviewError):
    """A message that its webhook did not take; it is sent again later."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why

    def __str__(self) -> str:
        return self.why
