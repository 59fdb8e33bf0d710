"""``polycue review``: serve the reviewer form."""

from typing import Annotated

import typer


def review(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port to listen on.")] = 9321,
) -> None:
    """Serve the reviewer form until Ctrl-C."""
    from flows.review_wiring import open_backend
    from review.oidc.settings import OidcSettings, provider_of
    from review.web.serve import serve
    from review.web.services import Door
    from review.web.settings import WebSettings

    oidc = OidcSettings()
    provider = provider_of(oidc)
    door = Door(provider=provider, newcomers=oidc.newcomer_role) if provider else None
    serve(WebSettings(host=host, port=port), open_backend(), door)
