"""Webhooks: where they may go, how they are signed, and that each message arrives."""

import base64
import hashlib
import hmac
import json
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from hook_receiver import babbles, drips, floods, hangs, leaves, receiving, says
from review_desks import PASSWORD, engine_of
from review_drafts import SteppingClock, draft_of

from review.errors import ReviewDatabaseError, UnknownTaskError
from review.hooks.delivering import Courier, deliver_due
from review.hooks.destinations import chosen, destination, require_public
from review.hooks.errors import InvalidHookError, NotDeliveredError
from review.hooks.port import BACKOFF, SENDING
from review.hooks.sending import TIMEOUT_S, HttpSender
from review.outbox import NoticeKind
from review.passwords import argon2id
from review.sql.backend import sql_backend
from review.tasks import Role

PARKED, APPROVED = NoticeKind.TASK_PARKED, NoticeKind.TASK_APPROVED
URL = "https://example.org/hook"


class House:
    def __init__(self, url: str) -> None:
        self.clock, self.engine = SteppingClock(), engine_of(url)
        cheap = argon2id(memory_kib=8, iterations=1, parallelism=1)
        self.backend = sql_backend(self.engine, self.clock, cheap)
        self.hooks, self.queue = self.backend.webhooks, self.backend.deliveries
        self.ada = self.backend.people.add_user("Ada", PASSWORD, Role.ADMIN)

    def hook(self, url: str = URL, *kinds: NoticeKind):
        return self.hooks.add(url, kinds or (PARKED,), by=self.ada.user_id)

    def park(self, media: str = "film"):
        return self.backend.store.park(draft_of("Eins.", media=media))[0]

    def deliver(self, sender):
        return deliver_due(self.queue, sender, self.clock)


class ScriptedSender:
    """Fails as often as it is told, then takes everything."""

    def __init__(self, failures: int = 0) -> None:
        self.failures, self.sent = failures, []

    def send(self, url, headers, body):
        self.sent.append((url, headers, json.loads(body)))
        if self.failures:
            self.failures -= 1
            raise NotDeliveredError("it answered 500")


@pytest.fixture
def house(database_url: str) -> Iterator[House]:
    made = House(database_url)
    yield made
    made.engine.dispose()


@pytest.fixture
def local(sqlite_url: str) -> Iterator[House]:
    made = House(sqlite_url)
    yield made
    made.engine.dispose()


def test_a_webhook_is_told_of_the_kinds_it_wants_from_then_on(house: House):
    house.park("before")
    house.hook(URL, PARKED)
    house.hook("https://example.org/other", APPROVED)
    task = house.park()
    sender = ScriptedSender()
    tally = house.deliver(sender)
    assert (tally.delivered, tally.failed) == (1, 0)
    ((url, headers, body),) = sender.sent
    assert url == URL
    assert body == {
        "type": "task.parked",
        "timestamp": house.clock().isoformat(),
        "data": {
            "task_id": task.task_id,
            "media_id": task.media_id,
            "language": "de",
            "snapshot_sha256": "",
        },
    }
    assert headers["webhook-timestamp"] == str(int(house.clock().timestamp()))
    assert house.deliver(sender).delivered == 0, "once"


def test_a_change_that_is_undone_tells_nobody(house: House, monkeypatch):
    webhook, _ = house.hook()

    def fail(*_args):
        raise ReviewDatabaseError("full")

    monkeypatch.setattr("review.sql.store.find_task", fail)
    with pytest.raises(ReviewDatabaseError):
        house.park()
    assert house.hooks.deliveries(webhook.webhook_id) == ()


def test_the_signature_is_the_one_of_the_standard(house: House):
    _, secret = house.hook()
    house.park()
    sender = ScriptedSender()
    (delivery,) = house.queue.take_due()
    from review.hooks.signing import body_of, headers_of

    body = body_of(delivery.notice)
    headers = headers_of(delivery, body, house.clock())
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    expected = base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()
    assert headers["webhook-signature"] == f"v1,{expected}"
    assert len(key) == 32
    assert body_of(delivery.notice) == body, "the same at every attempt"
    assert not sender.sent


def test_a_message_that_fails_is_tried_again_later_and_later_and_then_given_up(house: House):
    webhook, _ = house.hook()
    house.park()
    sender = ScriptedSender(failures=100)
    for number, pause in enumerate(BACKOFF):
        assert house.deliver(sender).failed == 1
        assert house.deliver(sender).failed == 0, "not before its time"
        house.clock.now += pause - timedelta(seconds=1)
        assert house.deliver(sender).failed == 0
        (state,) = house.hooks.deliveries(webhook.webhook_id)
        assert (state.attempts, state.problem) == (number + 1, "it answered 500")
        house.clock.now += timedelta(seconds=1)
    assert house.deliver(sender).failed == 1
    (state,) = house.hooks.deliveries(webhook.webhook_id)
    assert (state.next_try_at, state.delivered_at) == (None, None)
    house.clock.pass_(days=10)
    assert house.deliver(sender).failed == 0
    assert len(sender.sent) == len(BACKOFF) + 1


def test_a_receiver_that_is_down_is_asked_once_and_not_for_every_message(house: House):
    house.hook()
    house.hook("https://other.example/hook")
    for number in range(5):
        house.park(f"film {number}")

    class OneIsDown(ScriptedSender):
        def send(self, url, headers, body):
            self.failures = int(url == URL)
            super().send(url, headers, body)

    sender = OneIsDown()
    tally = house.deliver(sender)
    assert (tally.delivered, tally.failed) == (5, 1)
    house.clock.now += BACKOFF[0]
    tally = house.deliver(ScriptedSender())
    assert (tally.delivered, tally.failed) == (5, 0), "and gets all of them when it is back"


def test_a_message_is_one_senders_until_his_time_is_over(house: House):
    house.hook()
    house.park()
    (first,) = house.queue.take_due()
    assert house.queue.take_due() == ()
    house.clock.now += SENDING
    (again,) = house.queue.take_due()
    assert replace(again, attempts=0) == first, "whoever had it died"
    house.queue.delivered(first)
    house.clock.now += SENDING
    assert house.queue.take_due() == ()


def test_two_senders_at_once_send_each_message_once(house: House):
    house.hook()
    house.hook("https://other.example/hook")
    for number in range(6):
        house.park(f"film {number}")
    sender = ScriptedSender()
    threads = [threading.Thread(target=house.deliver, args=(sender,)) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    house.deliver(sender)  # what one of them had to leave to the others
    seen = [(url, headers["webhook-id"]) for url, headers, _ in sender.sent]
    assert len(seen) == len(set(seen)) == 12


def test_a_webhook_that_is_switched_off_is_told_nothing_more(house: House):
    webhook, _ = house.hook()
    house.park()
    off = house.hooks.set_active(webhook.webhook_id, active=False, by=house.ada.user_id)
    assert (off.is_active, off.waiting_count) == (False, 0)
    house.park("meanwhile")
    sender = ScriptedSender()
    assert house.deliver(sender).delivered == 0
    house.hooks.set_active(webhook.webhook_id, active=True, by=house.ada.user_id)
    house.park("after")
    assert house.deliver(sender).delivered == 1
    with pytest.raises(UnknownTaskError):
        house.hooks.set_active("none", active=True, by=house.ada.user_id)


def test_one_that_fails_after_it_was_switched_off_does_not_come_back(house: House):
    webhook, _ = house.hook()
    house.park()
    (delivery,) = house.queue.take_due()
    house.hooks.set_active(webhook.webhook_id, active=False, by=house.ada.user_id)
    house.queue.failed(delivery, "it answered 500")
    house.hooks.set_active(webhook.webhook_id, active=True, by=house.ada.user_id)
    house.clock.pass_(days=1)
    assert house.queue.take_due() == ()


def test_a_webhook_shows_what_went_wrong_last_until_something_arrives(house: House):
    house.hook()
    house.park()
    house.deliver(ScriptedSender(failures=1))
    (webhook,) = house.hooks.webhooks()
    assert (webhook.waiting_count, webhook.problem) == (1, "it answered 500")
    house.clock.now += BACKOFF[0]
    house.deliver(ScriptedSender())
    (webhook,) = house.hooks.webhooks()
    assert (webhook.waiting_count, webhook.problem, webhook.created_by) == (0, "", "Ada")


def test_a_webhook_without_a_kind_is_refused(local: House):
    with pytest.raises(InvalidHookError, match="choose"):
        local.hooks.add(URL, (), by=local.ada.user_id)


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("http://example.org/hook", "not https"),
        ("ftp://example.org/", "no address"),
        ("https:///hook", "no address"),
        ("javascript:alert(1)", "no address"),
        ("https://a:b@example.org/", "leave out"),
        ("https://example.org/#x", "leave out"),
        ("https://example.org:99999/", "no address"),
        ("https://[::1/", "no address"),
        ("https://exa mple.org/", "printable"),
        ("https://example.org/\r\nX-Evil: 1", "printable"),
        ("https://bücher.example/", "printable"),
        ("https://example.org/" + "x" * 2000, "2000"),
        ("https://127.0.0.1/", "private"),
        ("https://[::1]/", "private"),
        ("https://10.1.2.3:8080/x", "private"),
        ("https://169.254.169.254/latest/meta-data", "private"),
    ],
)
def test_where_no_webhook_may_go(url: str, why: str):
    with pytest.raises(InvalidHookError, match=why):
        destination(url, allow_private=False)


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.0.0.1", "172.16.5.4", "192.168.1.1", "169.254.169.254", "0.0.0.0"),
        *("100.64.0.1", "224.0.0.1", "255.255.255.255", "198.18.0.1", "192.0.2.1"),
        *("::1", "::", "fe80::1", "fd00::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1"),
        # Addresses that carry another one inside.
        *("2002:7f00:0001::", "64:ff9b::7f00:1", "64:ff9b::a00:1"),
    ],
)
def test_addresses_inside_are_known_in_every_disguise(address: str):
    with pytest.raises(InvalidHookError, match="private"):
        require_public([address])
    with pytest.raises(NotDeliveredError, match="private"):
        chosen(["93.184.215.14", address], allow_private=False)
    assert chosen([address], allow_private=True) == address


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c"])
def test_addresses_outside_are_good(address: str):
    assert chosen([address], allow_private=False) == address


def test_a_name_that_means_something_inside_is_not_called():
    with receiving() as receiver:
        url = receiver.url.replace("http://127.0.0.1", "https://localhost")
        with pytest.raises(NotDeliveredError, match="private"):
            HttpSender().send(url, {}, b"{}")
    assert receiver.requests == []


def test_what_is_called_is_the_address_that_was_looked_at(monkeypatch):
    """A name server that answers otherwise the second time gets nothing from it."""
    asked = []
    real = socket.getaddrinfo

    def rebinding(host, port, *args, **kwargs):
        if host != "receiver.example":
            return real(host, port, *args, **kwargs)
        asked.append(host)
        address = "127.0.0.1" if len(asked) == 1 else "127.0.0.2"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    monkeypatch.setattr(socket, "getaddrinfo", rebinding)
    with receiving() as receiver:
        url = receiver.url.replace("127.0.0.1", "receiver.example")
        HttpSender(allow_private=True).send(url, {"x-test": "1"}, b"{}")
    ((headers, body),) = receiver.requests
    assert asked == ["receiver.example"]
    assert headers["host"] == url.split("/")[2]
    assert (headers[""], headers["x-test"], body) == ("POST /hook HTTP/1.1", "1", b"{}")


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        (says("500 Oops"), "it answered 500"),
        (says("404 Not Found"), "it answered 404"),
        (says("302 Found", b"", "Location: http://127.0.0.1:1/"), "redirects are not followed"),
        (leaves, "RemoteProtocolError"),
        (babbles, "RemoteProtocolError"),
        (hangs, "no answer within 0.5 s"),
        (drips, "no answer within 0.5 s"),
    ],
    ids=["500", "404", "redirect", "leaves", "babbles", "hangs", "drips"],
)
def test_whatever_a_receiver_does_is_a_problem_in_words_and_over_in_time(answer, problem):
    with receiving() as receiver:
        receiver.answers = [answer]
        # Who does answer has time to on a busy machine; who does not is not waited for.
        limit_s = 0.5 if "0.5 s" in problem else TIMEOUT_S
        began = time.monotonic()
        with pytest.raises(NotDeliveredError, match=problem):
            HttpSender(allow_private=True, timeout_s=limit_s).send(receiver.url, {}, b"{}")
        assert time.monotonic() - began < 20
        assert len(receiver.requests) == 1


@pytest.mark.parametrize("answer", [says("200 OK", b"thanks"), says("202 Accepted"), floods])
def test_an_answer_is_good_whatever_it_says_after_its_status(answer):
    with receiving() as receiver:
        receiver.answers = [answer]
        HttpSender(allow_private=True).send(receiver.url, {}, b"{}")


def test_nobody_there_is_a_problem_too():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with pytest.raises(NotDeliveredError, match="ConnectError"):
        HttpSender(allow_private=True).send(f"http://127.0.0.1:{port}/", {}, b"{}")
    with pytest.raises(NotDeliveredError, match="not known"):
        HttpSender(allow_private=True).send("http://nowhere.invalid/", {}, b"{}")


def test_the_courier_brings_messages_by_itself_and_outlives_an_outage(local: House, monkeypatch):
    with receiving() as receiver:
        receiver.answers = [says("500 Oops"), says("204 No Content")]
        local.hook(receiver.url)
        local.park()
        outages = [ReviewDatabaseError("away")]
        real = local.queue.take_due

        def take_due():
            if outages:
                raise outages.pop()
            due = real()
            local.clock.now += BACKOFF[0]  # time flies
            return due

        monkeypatch.setattr(local.queue, "take_due", take_due)
        sender = HttpSender(allow_private=True)
        with Courier(local.queue, sender, local.clock, every_s=0.02):
            deadline = time.monotonic() + 10
            while len(receiver.requests) < 2 and time.monotonic() < deadline:
                time.sleep(0.02)
        assert len({headers["webhook-id"] for headers, _ in receiver.requests}) == 1
        assert len(receiver.requests) == 2
