"""Which identity provider, from ``POLYCUE_OIDC_*`` environment variables."""

from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from review.oidc.errors import ProviderSettingsError
from review.oidc.port import IdentityProvider
from review.tasks import Role

_LOOPBACK = ("localhost", "127.0.0.1", "::1")


class Newcomers(StrEnum):
    """What becomes of somebody whom the provider knows and nobody here has invited."""

    NOBODY = "nobody"
    GUEST = "guest"
    VIEWER = "viewer"


class OidcSettings(BaseSettings):
    """How people log in through a provider; none while ``issuer`` is empty.

    Attributes:
        issuer: As the provider calls itself, such as ``https://login.example.org/realms/team``.
        client_id: Under which this server is registered there.
        client_secret: Or ``client_secret_file``, which holds it.
        name: On the button.
        newcomers: ``nobody`` lets in who was invited, and no one else.
    """

    model_config = SettingsConfigDict(env_prefix="POLYCUE_OIDC_", frozen=True, extra="ignore")

    issuer: str = ""
    client_id: str = ""
    client_secret: SecretStr = SecretStr("")
    client_secret_file: Path | None = None
    name: str = "your team's account"
    newcomers: Newcomers = Newcomers.NOBODY

    @property
    def newcomer_role(self) -> Role | None:
        """The role of somebody new; None lets nobody new in."""
        return None if self.newcomers is Newcomers.NOBODY else Role(self.newcomers)


def provider_of(settings: OidcSettings) -> IdentityProvider | None:
    """The provider that is set; None for none. What it needs is imported here.

    Raises:
        ProviderSettingsError: it cannot be used as it is set.
    """
    if not settings.issuer:
        return None
    parts = urlsplit(settings.issuer)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _LOOPBACK):
        raise ProviderSettingsError("POLYCUE_OIDC_ISSUER is no https address")
    if not settings.client_id:
        raise ProviderSettingsError("set POLYCUE_OIDC_CLIENT_ID")
    try:
        from review.oidc.provider import OpenIdProvider  # noqa: PLC0415 (an extra brings it)
    except ModuleNotFoundError as error:
        why = f"{error.name} is not installed: install the extra `oidc`"
        raise ProviderSettingsError(why) from error
    return OpenIdProvider(
        issuer=settings.issuer,
        client_id=settings.client_id,
        client_secret=_secret(settings),
        name=settings.name,
    )


def _secret(settings: OidcSettings) -> str:
    if settings.client_secret_file is None:
        return settings.client_secret.get_secret_value()
    try:
        return settings.client_secret_file.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise ProviderSettingsError("POLYCUE_OIDC_CLIENT_SECRET_FILE cannot be read") from error
