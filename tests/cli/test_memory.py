"""``polycue memory``: what is approved goes out as TMX, what others have comes in."""

import json

import pytest
from command import InProcess
from memory_units import unit_of

from translate.memory.tmx_reading import decode_tmx
from translate.memory.tmx_writing import encode_tmx


@pytest.fixture
def polycue(tmp_path, monkeypatch, capsys):
    return InProcess(tmp_path / "home", monkeypatch, capsys)


def test_a_memory_comes_in_once_and_goes_out_as_it_was(polycue, tmp_path):
    units = [unit_of("Yes.", "Ja.", day=1), unit_of("No.", "Nein.", before="Yes.", title="Film")]
    file, copy = tmp_path / "house.tmx", tmp_path / "copy.tmx"
    file.write_text(encode_tmx(units), "utf-8")
    assert polycue("memory", "stats").out.startswith("the memory is empty")

    done = polycue("memory", "import", file)
    assert (done.code, done.err) == (0, "")
    assert done.out == "house.tmx: 2 units added, 0 known already, 0 passed over\n"
    assert "0 units added, 2 known" in polycue("memory", "import", file).out
    assert polycue("memory", "stats").out == "English → German: 2 units of 2 titles\n"
    assert json.loads(polycue("memory", "stats", "--json").out) == [
        {"from": "en", "to": "de", "units": 2, "titles": 2}
    ]

    assert polycue("memory", "export", copy, "--to", "de").code == 0
    out = {unit.source_text: unit for unit in decode_tmx(copy.read_bytes()).units}
    assert out["No."] == units[1]
    assert out["Yes."].title == "house"
    nothing = polycue("memory", "export", tmp_path / "x.tmx", "--title", "Nobody's")
    assert (nothing.code, nothing.err.count("\n")) == (2, 1)
    assert not (tmp_path / "x.tmx").exists()


@pytest.mark.parametrize(
    ("text", "code", "why"),
    [
        ('<!DOCTYPE tmx [<!ENTITY a "b">]><tmx/>', 6, "document type"),
        ("<tmx>", 6, "well-formed"),
        (None, 2, "cannot read"),
    ],
)
def test_what_is_no_memory_ends_with_one_line_and_its_code(polycue, tmp_path, text, code, why):
    file = tmp_path / "bad.tmx"
    if text is not None:
        file.write_text(text)
    done = polycue("memory", "import", file)
    assert (done.code, done.err.count("\n")) == (code, 1)
    assert why in done.err


def test_what_is_passed_over_is_told_without_the_files_own_control_codes(polycue, tmp_path):
    file = tmp_path / "odd.tmx"
    good = encode_tmx([unit_of("Yes.", "Ja.")])
    file.write_text(good.replace('xml:lang="de"', 'xml:lang="&#x9b;31m&#10;"'), "utf-8")
    out = polycue("memory", "import", file).out
    assert out.count("\n") == 2
    assert "unknown language" in out
    assert "\x9b" not in out
    assert "0 units added, 0 known already, 1 passed over" in out


def test_only_tmx_is_written(polycue, tmp_path):
    done = polycue("memory", "export", tmp_path / "memory.csv")
    assert (done.code, done.err.count("\n")) == (2, 1)
