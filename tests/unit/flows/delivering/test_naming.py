"""File names out of templates: what they hold, and what no template can do."""

from datetime import date
from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.delivering.naming import FIELDS, MAX_NAME_BYTES, PRESETS, NameFields, parse_naming
from flows.errors import InvalidNamingError
from subtitles.language import parse_language

PORTUGUESE = parse_language("pt-BR")
DAY = date(2026, 11, 23)


def named(template, *, ending="srt", **fields):
    known = NameFields(**{"title": "Film", "made_on": DAY, **fields})
    return str(parse_naming(template).path(known, PORTUGUESE, ending))


@pytest.mark.parametrize(
    ("template", "fields", "name"),
    [
        ("plain", {}, "Film.pt-BR.srt"),
        ("plain", {"kind": "sdh", "title": "A. B: C?"}, "A. B: C?.pt-BR.srt"),
        ("media-server", {}, "Film.pt-BR.srt"),
        ("media-server", {"kind": "sdh"}, "Film.pt-BR.sdh.srt"),
        ("media-server", {"kind": "forced"}, "Film.pt-BR.forced.srt"),
        ("broadcaster", {"version": 3}, "Film_pt-BR_v3.srt"),
        ("broadcaster", {"kind": "sdh"}, "Film_pt-BR_sdh_v0.srt"),
        ("[{client}/][{project}/]{title}.{ext}", {}, "Film.srt"),
        ("[{client}/][{project}/]{title}.{ext}", {"project": "Gate 1."}, "Gate 1/Film.srt"),
        ("{date}/{title}[-{client}{project}].{ext}", {"client": "ted"}, "2026-11-23/Film.srt"),
        ("{title}.{ext}", {"title": "../../etc/passwd"}, "_.._etc_passwd.srt"),
        ("{title}.{ext}", {"title": ""}, "title.srt"),
        ("{title}.{ext}", {"title": "می\u200cخواهم\u202e\n"}, "می\u200cخواهم__.srt"),
        ("{title}.{ext}", {"title": "con"}, "_con.srt"),
        ("{client}.{title}.{ext}", {}, "Film.srt"),
    ],
)
def test_a_template_names_a_file(template, fields, name):
    assert named(template, **fields) == name


@pytest.mark.parametrize(
    ("template", "says"),
    [
        ("plex", "no naming preset 'plex': name one of plain, media-server, broadcaster"),
        ("{title}.{language}.{ext}", "no field {language}"),
        ("{title}.{}.{ext}", "no field {}"),
        ("{title.__class__}.{title}.{ext}", "no field {title.__class__}"),
        ("{lang}.{ext}", "hold {title}"),
        ("{title}.srt", r"end with \.{ext}"),
        ("../{title}.{ext}", "begins"),
        ("/srv/{title}.{ext}", "begins"),
        ("a//{title}.{ext}", "begins"),
        (".{title}.{ext}", "begins"),
        ("a\\{title}.{ext}", "between folders"),
        ("a\n{title}.{ext}", "printable"),
        ("a" * 300 + "{title}.{ext}", "up to 300"),
        ("[{title}.{ext}", "lacks"),
        ("{title}].{ext}", "match"),
        ("[[{lang}]]{title}.{ext}", "match"),
        ("{title}.{lang.{ext}", "match"),
    ],
)
def test_what_is_no_template_is_said_before_anything_is_done(template, says):
    with pytest.raises(InvalidNamingError, match=says) as caught:
        parse_naming(template)
    assert "\n" not in str(caught.value)


def test_a_name_that_no_file_system_takes_is_refused_and_not_cut():
    with pytest.raises(InvalidNamingError, match="takes 310 bytes"):
        named("{title}.{ext}", title="語" * 102)
    assert named("{title}.{ext}", title="語" * 80).startswith("語" * 80)


@given(
    st.sampled_from([*PRESETS.values(), "[{client}/][{project}/]{date}-{title}.{lang}.{ext}"]),
    st.text(max_size=60),
    st.text(max_size=60),
    st.text(max_size=60),
)
def test_no_text_leaves_its_folder_or_hides_its_file(template, title, client, project):
    path = PurePosixPath(named(template, title=title, client=client, project=project))
    assert not path.is_absolute()
    assert len(path.parts) <= template.count("/") + 1
    for name in path.parts:
        assert name == name.lstrip(".")
        assert 0 < len(name.encode()) <= MAX_NAME_BYTES
        assert not set(name) & set("/\\\0\n\r\x1b\u202e")
    assert path.name.endswith(".srt")


def test_the_fields_are_those_that_the_documentation_names():
    assert set(FIELDS) == {
        *("title", "lang", "kind", "client", "project", "version", "date", "ext")
    }
