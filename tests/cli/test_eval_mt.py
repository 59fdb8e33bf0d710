"""``polycue eval mt``: what it measures, and how bad input ends."""

import json

import pytest
from command import InProcess

WANTED = """1
00:00:01,000 --> 00:00:03,000
Ninguém me perguntou.

2
00:00:05,000 --> 00:00:07,000
Eles nunca perguntam.
"""
FAST = WANTED.replace("00:00:03,000", "00:00:01,900").replace("me perguntou", "perguntou nada")
ONE_CUE = """1
00:00:01,000 --> 00:00:07,000
Ninguém me perguntou.
Eles nunca perguntam.
"""


@pytest.fixture
def polycue(tmp_path, monkeypatch, capsys):
    return InProcess(tmp_path / "home", monkeypatch, capsys)


@pytest.fixture
def written(tmp_path):
    def write(name, content):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        return path

    return write


def scores(done):
    assert done.code == 0, done.err
    return [one["score"] for one in json.loads(done.out)]


def test_a_file_beside_itself_is_perfect(polycue, written):
    file = written("film.pt-BR.srt", WANTED)
    (score,) = scores(polycue("eval", "mt", file, "--reference", file, "--json"))
    assert (score["chrf"]["score"], score["bleu"]["score"], score["suber"]) == (100, 100, 0)
    assert (score["language"], score["matching"], score["segments"]) == ("pt-BR", "cues", 2)
    assert {limit["broken"] for limit in score["limits"]} == {0}


def test_words_speed_and_edits_are_measured_against_the_reference(polycue, written):
    wanted, fast = written("film.pt-BR.srt", WANTED), written("fast.pt-BR.srt", FAST)
    first, second = scores(
        polycue("eval", "mt", wanted, fast, "--reference", wanted, "--json")
    )  # fmt: skip
    assert first["suber"] == 0 < second["suber"]
    assert second["chrf"]["score"] < first["chrf"]["score"]
    broken = {limit["rule"]: limit["broken"] for limit in second["limits"]}
    assert broken == {"reading-speed": 1, "line-length": 0, "line-count": 0}


def test_files_that_are_cut_differently_are_compared_by_time(polycue, written):
    one, two = written("one.pt-BR.srt", ONE_CUE), written("film.pt-BR.srt", WANTED)
    done = polycue("eval", "mt", one, "--reference", two)
    assert done.code == 0, done.err
    assert "one.pt-BR.srt has 1 cues and film.pt-BR.srt 2" in done.out
    for measure in ("chrF", "100.0", "BLEU", "SubER", "within reading speed", "version:"):
        assert measure in done.out
    assert max(map(len, done.out.splitlines())) <= 110


def test_each_translation_may_have_its_own_reference(polycue, written):
    a, b = written("a.pt-BR.srt", WANTED), written("b.de.txt", "Niemand.\n")
    done = polycue("eval", "mt", a, b, "--reference", a, "--reference", b, "--json")
    assert [(one["language"], one["segments"]) for one in scores(done)] == [("pt-BR", 2), ("de", 1)]


def test_texts_are_compared_line_by_line_and_tables_by_their_last_column(polycue, written):
    table = written("film.de.tsv", "Nobody.\tNiemand.\nYes, I do.\tDoch, schon.\n")
    text = written("film.de.txt", "Niemand.\n\n")
    done = polycue("eval", "mt", text, "--reference", table, "--json")
    (score,) = scores(done)
    assert (score["matching"], score["segments"]) == ("lines", 2)
    assert 0 < score["chrf"]["score"] < 100
    assert (score["suber"], score["limits"]) == (None, [])
    assert "no times" in polycue("eval", "mt", text, "--reference", table).out


def test_without_the_package_that_counts_edits_the_rest_is_measured(polycue, written, monkeypatch):
    monkeypatch.setattr("flows.mt_score.find_spec", lambda name: None)
    file = written("film.pt-BR.srt", WANTED)
    done = polycue("eval", "mt", file, "--reference", file)
    assert "SubER is not measured: pip install" in done.out
    assert "chrF" in done.out


def test_two_empty_texts_have_nothing_to_compare(polycue, written):
    empty = written("empty.de.txt", "")
    done = polycue("eval", "mt", empty, "--reference", empty)
    assert done.code == 0, done.err
    assert "nothing to compare" in done.out


@pytest.mark.parametrize(
    ("name", "content", "code", "says"),
    [
        ("film.de.txt", "one\ntwo\n", 2, "give two subtitle files, or two texts"),
        ("film.pt-BR.srt", b"\x00\n", 6, ""),
        ("film.pt-BR.vtt", "this is no subtitle", 6, ""),
        ("film.pt-BR.json", b"[" * 100_000, 6, ""),
    ],
)
def test_a_bad_translation_is_refused_on_one_line(polycue, written, name, content, code, says):
    reference = written("reference.pt-BR.srt", WANTED)
    assert_refused(
        polycue("eval", "mt", written(name, content), "--reference", reference), code, says
    )


def test_what_cannot_stand_beside_each_other_is_refused(polycue, written, tmp_path):
    one, two = written("one.de.txt", "a\n"), written("two.de.txt", "a\nb\n")
    assert_refused(polycue("eval", "mt", one, "--reference", two), 2, "1 and 2 lines")
    several = ("--reference", one, "--reference", two)
    assert_refused(polycue("eval", "mt", one, two, one, *several), 2, "3 translations and 2")
    nameless = written("nameless.txt", "a\n")
    assert_refused(polycue("eval", "mt", nameless, "--reference", nameless), 2, "--language")
    gone = tmp_path / "gone.srt"
    assert_refused(polycue("eval", "mt", gone, "--reference", one), 2, "cannot read")


def assert_refused(done, code, says):
    assert done.code == code, done.err
    assert says in done.err
    assert done.err.count("\n") == done.err.count("polycue:") == 1
    assert done.out == ""
