"""Serves the reviewer form until somebody stops it."""

import signal
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

import uvicorn

from review.people import People
from review.store import ReviewStore, utc_now
from review.web.app import create_app
from review.web.first_run import FirstRun
from review.web.problems import PortTakenError
from review.web.settings import WebSettings

# A browser that is still reading a film must not hold up the end.
_GRACE_S = 3


def serve(settings: WebSettings, store: ReviewStore, people: People) -> None:
    """Listen and answer; returns after SIGTERM or Ctrl-C.

    Prints one line that says where to point a browser; while there is no account yet, that is the
    setup page with its one-time token.

    Raises:
        PortTakenError: when the address cannot be listened on.
    """
    listener = listen(settings.host, settings.port)
    with listener, _signals_end_quietly():
        here = settings.model_copy(update={"port": listener.getsockname()[1]})
        first_run = FirstRun(people)
        app = create_app(
            store=store, people=people, clock=utc_now, settings=here, first_run=first_run
        )
        path = first_run.path if first_run.pending() else "/"
        print(f"Open {here.address}{path}", flush=True)  # noqa: T201 (what the person waits for)
        config = uvicorn.Config(
            app,
            log_level="warning",
            access_log=False,
            server_header=False,
            lifespan="off",
            proxy_headers=bool(settings.trusted_proxies),
            forwarded_allow_ips=settings.trusted_proxies or None,
            timeout_graceful_shutdown=_GRACE_S,
        )
        uvicorn.Server(config).run(sockets=[listener])


def listen(host: str, port: int) -> socket.socket:
    """A listening socket; bound here, since uvicorn would end the process when it cannot.

    Raises:
        PortTakenError: with the system's own reason.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listener = socket.socket(family, kind, protocol)
    except OSError as error:
        raise PortTakenError(host, port, error.strerror or str(error)) from error
    try:
        # Lets a restart take the port at once; it does not share a port somebody listens on.
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen()
    except OSError as error:
        listener.close()
        raise PortTakenError(host, port, error.strerror or str(error)) from error
    return listener


@contextmanager
def _signals_end_quietly() -> Iterator[None]:
    """While in here, the signals that uvicorn raises again after its shutdown do nothing.

    Without this, an orderly end by SIGTERM would still look like a kill to whoever started us.
    Only the main thread can hear signals; elsewhere there is nothing to do.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def ignore(_number: int, _frame: FrameType | None) -> None:
        return None

    wanted = (signal.SIGINT, signal.SIGTERM)
    before = {number: signal.signal(number, ignore) for number in wanted}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
