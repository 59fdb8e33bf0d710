"""Serves the reviewer form until somebody stops it."""

import signal
import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

import uvicorn

from review.backend import Backend
from review.hooks.delivering import Courier
from review.hooks.sending import HttpSender
from review.store import utc_now
from review.web.app import create_app
from review.web.first_run import FirstRun
from review.web.problems import PortTakenError
from review.web.services import Door
from review.web.settings import WebSettings

# A browser that is still reading a film must not hold up the end.
_GRACE_S = 3
# Every statement lets go of the interpreter's lock and has to get it back, from a thread that draws
# a page perhaps; a save has some twenty, and others wait for it. Python's own is ten times as long.
_SWITCH_S = 0.0005


def serve(settings: WebSettings, backend: Backend, door: Door | None = None) -> None:
    """Listen and answer; returns after SIGTERM or Ctrl-C.

    Prints one line that says where to point a browser; while there is no account yet, that is the
    setup page with its one-time token.

    Raises:
        PortTakenError: when the address cannot be listened on.
    """
    sys.setswitchinterval(_SWITCH_S)
    listener = listen(settings.host, settings.port)
    sender = HttpSender(allow_private=settings.hooks_to_private)
    courier = Courier(backend.deliveries, sender, utc_now)
    with listener, _signals_end_quietly(), courier:
        here = settings.model_copy(update={"port": listener.getsockname()[1]})
        first_run = FirstRun(backend.people)
        app = create_app(
            backend=backend, clock=utc_now, settings=here, first_run=first_run, door=door
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
