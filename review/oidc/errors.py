"""How a login through the identity provider fails."""

from subtitles.errors import ReviewError


class ProviderLoginError(ReviewError):
    """The provider, or what came back from it, was not what it has to be."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why

    def __str__(self) -> str:
        return f"logging in through the identity provider did not work: {self.why}; try again"


class UnknownKeyError(ProviderLoginError):
    """Signed with a key that was not among the provider's when they were last read."""


class NobodyHereError(ReviewError):
    """The provider knows this person, and nobody here does."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name

    def __str__(self) -> str:
        return f"{self.name[:80] or 'this person'} has no account here: ask an administrator"


class ProviderSettingsError(ReviewError):
    """Settings of the identity provider that cannot be."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why

    def __str__(self) -> str:
        return f"the identity provider cannot be used: {self.why}"
