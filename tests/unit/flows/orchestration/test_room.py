"""How many titles run at a time on a machine, and which limits hold them."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.orchestration.system.parts import plan_of
from flows.orchestration.system.registering import argument_parser
from flows.orchestration.system.room import SYSTEM_MB, TITLE_MB, memory_mb, titles_that_fit
from flows.orchestration.system.settings import (
    RECOGNITIONS,
    TRANSLATIONS,
    Layout,
    Site,
    SystemSettings,
)


def site(tmp_path, *, device="cpu", room=1, **settings):
    return Site(
        settings=SystemSettings(**settings), layout=Layout(workspace=tmp_path), secret="a:b",
        device=device, room=room,
    )  # fmt: skip


def worker_of(site):
    return next(part for part in plan_of(site).rest if part.name == "worker").command


def after(command, option):
    return [value for name, value in pairwise(command) if name == option]


@pytest.mark.parametrize(
    ("memory_mb", "processors", "threads", "queues", "titles"),
    [
        (8_000, 2, 2, 1, 1),  # the smallest machine that is supported
        (64_000, 32, 32, 1, 1),  # engines that take every processor
        (64_000, 32, 4, 1, 8),
        (16_000, 32, 4, 1, 3),  # memory is what is short
        (64_000, 32, 4, 2, 4),  # one title of each queue counts
        (500, 1, 1, 2, 1),  # less than a title takes: it is tried all the same
    ],
)
def test_titles_at_a_time(memory_mb, processors, threads, queues, titles):
    assert titles == titles_that_fit(
        memory_mb=memory_mb, processors=processors, threads=threads, models_mb=4_000, queues=queues
    )


@given(
    memory_mb=st.integers(0, 2_000_000),
    processors=st.integers(1, 512),
    threads=st.integers(0, 512),
    models_mb=st.integers(0, 64_000),
    queues=st.integers(1, 2),
)
def test_more_than_one_title_never_takes_more_than_there_is(
    memory_mb, processors, threads, models_mb, queues
):
    titles = titles_that_fit(
        memory_mb=memory_mb, processors=processors, threads=threads, models_mb=models_mb,
        queues=queues,
    )  # fmt: skip
    assert titles >= 1
    if titles > 1:
        assert titles * queues * (TITLE_MB + models_mb) + SYSTEM_MB <= memory_mb
        assert titles * queues * max(threads, 1) <= processors


def test_a_container_has_what_it_may_use(tmp_path):
    limit = tmp_path / "memory.max"
    whole = memory_mb(limit)
    limit.write_text("max\n")
    assert memory_mb(limit) == whole
    limit.write_text("512000000\n")
    assert memory_mb(limit) == 512


def test_a_machine_without_gpu_runs_no_more_titles_than_its_one_queue_allows(tmp_path):
    command = worker_of(site(tmp_path, room=3))
    assert after(command, "--work-queue") == ["publish", "batch", "cpu"]
    assert after(command, "--limit") == ["7"]  # 3 titles, 2 batches, 2 publications


def test_a_machine_with_gpu_takes_from_both_queues(tmp_path):
    command = worker_of(site(tmp_path, device="cuda", room=2))
    assert after(command, "--work-queue") == ["publish", "batch", "gpu", "cpu"]
    assert after(command, "--limit") == ["8"]


def test_what_is_set_goes_before_what_fits(tmp_path):
    assert site(tmp_path, room=3, titles_at_once=5).titles_at_once == 5


@pytest.mark.parametrize(
    ("device", "settings", "limits"),
    [
        ("cpu", {}, {}),
        ("cpu", {"recognitions_at_once": 4}, {}),  # as many as run at all
        ("cpu", {"recognitions_at_once": 2}, {RECOGNITIONS: 2}),
        ("cuda", {}, {RECOGNITIONS: 1, TRANSLATIONS: 1}),
        ("cuda", {"translations_at_once": 8}, {RECOGNITIONS: 1}),
    ],
)
def test_only_limits_that_can_hold_something_up_are_made(tmp_path, device, settings, limits):
    one = site(tmp_path, device=device, titles_at_once=4, **settings)
    assert one.limits == limits
    told = argument_parser().parse_args(plan_of(one).prepare[3:])
    assert (dict(told.limit), told.titles_at_once) == (limits, 4)
    names = {"POLYCUE_RECOGNITION_LIMIT": RECOGNITIONS, "POLYCUE_TRANSLATION_LIMIT": TRANSLATIONS}
    environment = one.environment()
    for setting, name in names.items():
        assert environment.get(setting, "") == (name if name in limits else "")


@pytest.mark.parametrize("text", ["one", "=1", "one=", "one=0", "one=-1", "one=1.5"])
def test_a_limit_that_makes_no_sense_is_refused(text, capsys):
    with pytest.raises(SystemExit) as refusal:
        argument_parser().parse_args([f"--limit={text}", "2"])
    assert refusal.value.code == 2
    assert "is not NAME=SLOTS" in capsys.readouterr().err
