"""The lock on a title; what locks promise is in tests/contracts/test_named_locks.py."""

import os

import pytest

from flows.errors import TitleBusyError
from flows.locks import title_lock
from flows.settings import Settings
from review.errors import ReviewDatabaseError

MEDIA_ID = "a" * 64


def test_a_second_run_of_a_title_is_refused_and_told_who_holds_it(tmp_path):
    settings = Settings(home=tmp_path)
    with (
        title_lock(settings, MEDIA_ID, "film"),
        pytest.raises(TitleBusyError, match=rf"film .* process {os.getpid()} on .* since 20"),
        title_lock(settings, MEDIA_ID, "film"),
    ):
        pytest.fail("two runs hold one title")
    with title_lock(settings, MEDIA_ID, "film"), title_lock(settings, "b" * 64, "other"):
        pass


@pytest.mark.postgres
def test_machines_that_share_a_review_server_share_the_locks_on_titles(tmp_path, postgres_url):
    here, there = (
        Settings(home=tmp_path / name, database_url=postgres_url) for name in ("here", "there")
    )
    with (
        title_lock(here, MEDIA_ID, "film"),
        pytest.raises(TitleBusyError, match=rf"process {os.getpid()} on"),
        title_lock(there, MEDIA_ID, "film"),
    ):
        pytest.fail("two machines hold one title")


def test_a_server_that_does_not_answer_is_said_to_and_nothing_stays_locked(tmp_path):
    settings = Settings(home=tmp_path, database_url=f"postgresql://nobody@/none?host={tmp_path}")
    for _ in range(2):
        with (
            pytest.raises(ReviewDatabaseError, match="does not answer"),
            title_lock(settings, MEDIA_ID, "film"),
        ):
            pytest.fail("held without a lock")
