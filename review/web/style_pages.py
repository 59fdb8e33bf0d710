"""Style profiles, to look at: every limit, the file that states it, the publication behind it."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel
from starlette.responses import Response

from review.web.rendering import page
from subtitles.language import LanguageTag, language_name, parse_language
from subtitles.style.layers import explain, known_clients, known_languages
from subtitles.style.profile import Audience, Kind, StyleProfile, load_profile

router = APIRouter()

AUDIENCE_NAMES: dict[Audience, str] = {"adult": "Adults", "children": "Children"}
KIND_NAMES: dict[Kind, str] = {
    "subtitle": "Subtitles",
    "sdh": "Subtitles for the deaf and hard of hearing",
    "template": "Template",
}


class StyleQuery(BaseModel):
    """Which style of a language."""

    audience: Audience = "adult"
    kind: Kind = "subtitle"
    client: str = ""


class StyleValueAnswer(BaseModel):
    """One value of a style and where it comes from."""

    name: str
    value: str
    file: str
    source: str
    checked_on: date
    is_advisory: bool


class StyleAnswer(BaseModel):
    """Every value of a style."""

    profile_id: str
    language: LanguageTag
    revision: str
    values: tuple[StyleValueAnswer, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageRow:
    """A language with its most asked-for limits, for adults."""

    tag: LanguageTag
    name: str
    profile: StyleProfile


@router.get("/styles")
def styles_page(request: Request) -> Response:
    """Every language that has limits of its own."""
    rows = [_row(parse_language(tag)) for tag in known_languages()]
    context = {
        "rows": sorted(rows, key=lambda row: row.name),
        "clients": known_clients(),
    }
    return page(request, "styles.html", context)


@router.get("/styles/{language}")
def style_page(request: Request, language: str, wanted: Annotated[StyleQuery, Query()]) -> Response:
    """Every value of one style; LanguageError for no language, UnknownStyleError for no style."""
    style = api_style(language, wanted)
    context = {
        "style": style,
        "name": language_name(style.language),
        "wanted": wanted,
        "audiences": AUDIENCE_NAMES,
        "kinds": KIND_NAMES,
        "clients": dict(known_clients()),
        "sources": list(dict.fromkeys(one.source for one in style.values)),
    }
    return page(request, "style.html", context)


@router.get("/api/v1/styles/{language}", tags=["styles"])
def api_style(language: str, wanted: Annotated[StyleQuery, Query()]) -> StyleAnswer:
    """Every value of the style that a title in this language keeps."""
    tag = parse_language(language)
    profile = load_profile(tag, audience=wanted.audience, kind=wanted.kind, client=wanted.client)
    values = explain(tag, audience=wanted.audience, kind=wanted.kind, client=wanted.client)
    return StyleAnswer(
        profile_id=profile.profile_id,
        language=tag,
        revision=profile.revision,
        values=tuple(
            StyleValueAnswer(
                name=one.name,
                value=_shown(one.value),
                file=one.file,
                source=one.source,
                checked_on=one.checked_on,
                is_advisory=one.advisory,
            )
            for one in values
        ),
    )


def _row(tag: LanguageTag) -> LanguageRow:
    return LanguageRow(tag=tag, name=language_name(tag), profile=load_profile(tag))


def _shown(value: object) -> str:
    """A value in words: yes, no, none, or what it is; of many words how many they are."""
    match value:
        case bool():
            return "yes" if value else "no"
        case frozenset():
            return f"{len(value)} words" if value else "none"
        case tuple():
            return " ".join(map(str, value)) or "none"
        case "":
            return "none"
        case _:
            return str(value)
