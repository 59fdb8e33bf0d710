"""Subtitles as ttconv's model of a TTML document."""

from fractions import Fraction

from ttconv import model
from ttconv.style_properties import (
    CoordinateType,
    DirectionType,
    DisplayAlignType,
    ExtentType,
    FontStyleType,
    FontWeightType,
    LengthType,
    StyleProperties,
    TextAlignType,
    TextDecorationType,
)

from subtitles.cues import Position, Subtitle
from subtitles.formats.document import SubtitleDocument
from subtitles.formats.styled import runs_of
from subtitles.language import is_right_to_left
from subtitles.span import MS_PER_SECOND

PROFILE = "http://www.w3.org/ns/ttml/profile/imsc1.1/text"
# Two regions of 80 by 40 percent, ten percent from the edges, as large services have them.
_REGIONS = {
    Position.TOP: ("top", 10, DisplayAlignType.before),
    Position.BOTTOM: ("bottom", 50, DisplayAlignType.after),
}


def content_document(document: SubtitleDocument) -> model.ContentDocument:
    """The document in ttconv's model: a paragraph per subtitle, every one in a region."""
    content = model.ContentDocument()
    content.set_lang(document.language or "")
    content.set_content_profiles({PROFILE})
    regions = {position: _region(position, content) for position in _REGIONS}
    body, div = model.Body(content), model.Div(content)
    body.set_space(model.WhiteSpaceHandling.PRESERVE)
    div.set_space(model.WhiteSpaceHandling.PRESERVE)
    if document.language and is_right_to_left(document.language):
        body.set_style(StyleProperties.Direction, DirectionType.rtl)
    for subtitle in document.subtitles:
        paragraph = _paragraph(subtitle, content, document.frame_rate)
        paragraph.set_region(regions[subtitle.position])
        div.push_child(paragraph)
    body.push_child(div)
    content.set_body(body)
    return content


def _region(position: Position, content: model.ContentDocument) -> model.Region:
    name, top, align = _REGIONS[position]
    region = model.Region(name, content)
    region.set_style(StyleProperties.Origin, CoordinateType(x=_percent(10), y=_percent(top)))
    region.set_style(StyleProperties.Extent, ExtentType(width=_percent(80), height=_percent(40)))
    region.set_style(StyleProperties.DisplayAlign, align)
    region.set_style(StyleProperties.TextAlign, TextAlignType.center)
    content.put_region(region)
    return region


def _percent(value: float) -> LengthType:
    return LengthType(value, LengthType.Units.pct)


def _paragraph(
    subtitle: Subtitle, content: model.ContentDocument, rate: Fraction | None
) -> model.P:
    paragraph = model.P(content)
    paragraph.set_space(model.WhiteSpaceHandling.PRESERVE)
    paragraph.set_begin(_exact_seconds(subtitle.span.start_ms, rate))
    paragraph.set_end(_exact_seconds(subtitle.span.end_ms, rate))
    for run in runs_of(subtitle.lines):
        for number, row in enumerate(run.text.split("\n")):
            if number:
                paragraph.push_child(_break(content))
            if row:
                paragraph.push_child(_span(row, run.styles, content))
    return paragraph


def _span(text: str, styles: str, content: model.ContentDocument) -> model.Span:
    span = model.Span(content)
    span.set_space(model.WhiteSpaceHandling.PRESERVE)
    if "i" in styles:
        span.set_style(StyleProperties.FontStyle, FontStyleType.italic)
    if "b" in styles:
        span.set_style(StyleProperties.FontWeight, FontWeightType.bold)
    if "u" in styles:
        span.set_style(StyleProperties.TextDecoration, TextDecorationType(underline=True))
    span.push_child(model.Text(content, text))
    return span


def _break(content: model.ContentDocument) -> model.Br:
    row_end = model.Br(content)
    row_end.set_space(model.WhiteSpaceHandling.PRESERVE)
    return row_end


def _exact_seconds(instant_ms: int, rate: Fraction | None) -> Fraction:
    """The instant; with a frame rate, that of the frame it stands for."""
    if rate is None:
        return Fraction(instant_ms, MS_PER_SECOND)
    return round(instant_ms * rate / MS_PER_SECOND) / rate
