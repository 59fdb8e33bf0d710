"""Shot changes on the road of a title, through the command."""

import json

import av
import pytest
from command import VIDEO, InProcess, ran

pytestmark = pytest.mark.engine

LOOKING = "Find shot changes (0.6 min)"


@pytest.fixture
def polycue(warm_home, monkeypatch, capsys):
    return InProcess(warm_home, monkeypatch, capsys)


def planned(polycue, *options):
    done = polycue("run", VIDEO, "--to", "pt-BR", "--dry-run", "--json", *options)
    assert done.code == 0, done.err
    return {step["what"]: step["state"] for step in json.loads(done.out)}


def test_the_plan_tells_of_the_search_and_leaves_it_out_on_demand(polycue):
    found = planned(polycue)
    assert found[LOOKING] == "stored already"
    assert found["Cues in English"] == "stored already"
    hurried = planned(polycue, "--no-shot-changes")
    assert LOOKING not in hurried
    assert hurried["Recognise speech (0.6 min)"] == "stored already"
    assert hurried["Cues in English"] == "to do"  # other times


def test_another_style_makes_other_cues_from_the_same_speech(polycue):
    children = planned(polycue, "--audience", "children")
    assert children[LOOKING] == children["Recognise speech (0.6 min)"] == "stored already"
    assert children["Cues in English"] == "to do"


@pytest.mark.slow
def test_a_picture_that_cannot_be_decoded_does_not_fail_the_title(warm_home, tmp_path):
    content = bytearray(VIDEO.read_bytes())
    with av.open(str(VIDEO)) as container:
        for packet in container.demux(video=0):
            if packet.size:
                content[packet.pos : packet.pos + packet.size] = b"\xff" * packet.size
    media = tmp_path / "dark.mp4"
    media.write_bytes(content)
    done = ran(warm_home, "run", media, "--language", "en")
    assert done.code == 0, done.err
    assert "the picture cannot be decoded" in done.err
    assert (tmp_path / "dark.en.srt").stat().st_size > 300
