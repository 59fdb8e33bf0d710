"""``polycue review``: serve the reviewer form."""

from typing import Annotated

import typer


def review(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port to listen on.")] = 9321,
) -> None:
    """Serve the reviewer form until Ctrl-C."""
    from flows.wiring import open_people, open_review
    from review.web.serve import serve
    from review.web.settings import WebSettings

    serve(WebSettings(host=host, port=port), open_review(), open_people())
