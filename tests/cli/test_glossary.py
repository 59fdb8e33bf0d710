"""``polycue glossary``: what it says, what it writes, and what it refuses."""

import pytest
from command import InProcess

GOOD = "term,language,kind,status,pt-BR\nwand,en,,,varinha\nElinor,en,name,proposed,\n"


@pytest.fixture
def polycue(tmp_path, monkeypatch, capsys):
    return InProcess(tmp_path / "home", monkeypatch, capsys)


def test_check_says_what_is_in_a_glossary(polycue, tmp_path):
    file = tmp_path / "words.csv"
    file.write_text(GOOD)
    done = polycue("glossary", "check", file)
    assert (done.code, done.err) == (0, "")
    assert done.out.splitlines() == [
        "words.csv: 2 terms (1 name, 1 term)",
        "not approved, and so neither enforced nor verified: 1",
        "pt-BR: 1 rendered",
    ]


def test_check_lists_every_fault_and_ends_with_code_6(polycue, tmp_path):
    file = tmp_path / "words.csv"
    file.write_text(GOOD + "wand,en,,,a\nstaff,xx-klingon,,,\n")
    done = polycue("glossary", "check", file)
    assert done.code == 6
    assert [line.split(":")[0] for line in done.out.splitlines()] == [
        "words.csv, line 4, term",
        "words.csv, line 5, language",
    ]
    assert done.err.count("\n") == 1


def test_check_says_how_many_words_find_no_room(polycue, tmp_path):
    file = tmp_path / "words.csv"
    names = "".join(f"Name number {n:03},en,name\n" for n in range(100))
    file.write_text(f"term,language,kind\n{names}")
    assert "35 of 100 words are listened for" in polycue("glossary", "check", file).out


def test_a_table_becomes_tbx_and_a_table_again(polycue, tmp_path):
    first, tbx, second = (tmp_path / name for name in ("a.csv", "b.tbx", "c.csv"))
    first.write_text(GOOD)
    assert polycue("glossary", "convert", first, tbx).out.endswith(
        "2 terms, read back and compared\n"
    )
    assert polycue("glossary", "convert", tbx, second).code == 0
    assert polycue("glossary", "convert", second, first).code == 0
    assert first.read_bytes() == second.read_bytes()


def test_files_that_are_no_glossaries_are_refused(polycue, tmp_path):
    assert polycue("glossary", "check", tmp_path / "absent.csv").code == 2
    text = tmp_path / "words.txt"
    text.write_text(GOOD)
    assert polycue("glossary", "check", text).code == 6
    good = tmp_path / "words.csv"
    good.write_text(GOOD)
    assert polycue("glossary", "convert", good, tmp_path / "x.txt").code == 6
    assert polycue("glossary", "convert", good, good / "x.csv").code == 7
