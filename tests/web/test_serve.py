"""The server process: where it listens, what it prints, how it ends."""

import os
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
from pydantic import ValidationError

from review.web.problems import PortTakenError
from review.web.serve import listen
from review.web.settings import WebSettings

ROOT = Path(__file__).parents[2]
PROGRAM = """
import sys
from review.sql.database import open_database
from review.passwords import argon2id
from review.sql.backend import sql_backend
from review.tasks import Role
from review.store import utc_now
from review.web.serve import serve
from review.web.settings import WebSettings

engine = open_database(sys.argv[1])
backend = sql_backend(engine, utc_now, argon2id(memory_kib=8, iterations=1, parallelism=1))
if sys.argv[2] == "with-account":
    backend.people.add_user("Ada", "correct horse battery", Role.ADMIN)
serve(WebSettings(port=0), backend)
print("ended in good order")
"""


def start(database_url: str, how: str) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-c", PROGRAM, database_url, how],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def assert_ends_quietly(server: subprocess.Popen, ending: signal.Signals) -> None:
    server.send_signal(ending)
    said, complained = server.communicate(timeout=20)
    assert (server.returncode, said, complained) == (0, "ended in good order\n", "")


def test_it_prints_where_to_go_answers_there_and_ends_quietly_on_sigterm(sqlite_url: str):
    server = start(sqlite_url, "with-account")
    line = server.stdout.readline()
    assert line.startswith("Open http://127.0.0.1:")
    address = line.removeprefix("Open ").strip()
    with urllib.request.urlopen(address + "health") as answer:
        assert answer.read() == b"ok\n"
    assert_ends_quietly(server, signal.SIGTERM)


def test_without_an_account_it_prints_the_setup_address_which_works_until_ctrl_c(sqlite_url: str):
    server = start(sqlite_url, "without-account")
    address = server.stdout.readline().removeprefix("Open ").strip()
    assert "/setup?token=" in address
    with urllib.request.urlopen(address) as answer:
        assert b"Make the first account" in answer.read()
    assert_ends_quietly(server, signal.SIGINT)


def test_a_port_that_is_taken_is_a_clear_error():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(PortTakenError, match=f"port {port} .*POLYCUE_WEB_PORT"):
            listen("127.0.0.1", port)


def test_a_host_that_is_not_ours_is_a_clear_error():
    with pytest.raises(PortTakenError, match="cannot listen on"):
        listen("host.invalid", 9321)


def test_settings_come_from_the_environment(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("POLYCUE_WEB_PORT", "9400")
    monkeypatch.setenv("POLYCUE_WEB_PUBLIC_ORIGIN", "https://Review.Example.org/")
    settings = WebSettings()
    assert (settings.port, settings.address) == (9400, "https://review.example.org")
    assert "review.example.org" in settings.host_names


@pytest.mark.parametrize(
    "origin",
    ["review.example.org", "ftp://x", "https://", "https://x/path", "https://u:p@x", "https://x?q"],
)
def test_an_origin_that_no_browser_would_send_is_refused(origin: str):
    with pytest.raises(ValidationError, match="an origin"):
        WebSettings(public_origin=origin)


def test_listening_everywhere_answers_to_loopback_names_until_told_more():
    settings = WebSettings(host="0.0.0.0", allowed_hosts=" Studio.local,")
    assert settings.host_names == ("localhost", "127.0.0.1", "[::1]", "studio.local")


def test_an_ipv6_address_is_written_in_brackets():
    settings = WebSettings(host="::1", port=9321)
    assert settings.address == "http://[::1]:9321"
    assert "[::1]" in settings.host_names
