"""``polycue hooks``: webhooks of the reviewer form."""

import typer

app = typer.Typer(help="Webhooks of the reviewer form.", no_args_is_help=True)


@app.callback()
def hooks() -> None:
    """Webhooks of the reviewer form."""


@app.command("deliver")
def deliver() -> None:
    """Send what is due, and end; `polycue review` does so by itself every few seconds."""
    from flows.review_wiring import open_backend
    from review.hooks.delivering import deliver_due
    from review.hooks.sending import HttpSender
    from review.store import utc_now
    from review.web.settings import WebSettings

    sender = HttpSender(allow_private=WebSettings().hooks_to_private)
    tally = deliver_due(open_backend().deliveries, sender, utc_now)
    typer.echo(f"{tally.delivered} delivered, {tally.failed} failed")
