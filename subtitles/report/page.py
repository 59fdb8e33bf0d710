"""The report as one HTML page that needs nothing else: no network, no scripts, no other file."""

from functools import lru_cache
from pathlib import Path

import jinja2

from subtitles.report import drawing
from subtitles.report.model import QualityReport
from subtitles.report.timecode import clock, rate_text, short_clock
from subtitles.report.wording import amount, counted, number, percent, spaced
from subtitles.span import MS_PER_SECOND

_HERE = Path(__file__).parent
_SPEED_TICK = 5.0


def render_html(report: QualityReport) -> str:
    """The page; equal reports give equal pages.

    Titles and texts stay text, whatever they are, and keep their direction to themselves.
    """
    return _environment().get_template("page.html").render(report=report)


@lru_cache(maxsize=1)
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_HERE),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        clock=clock,
        short_clock=short_clock,
        rate=rate_text,
        number=number,
        percent=percent,
        spaced=spaced,
    )
    environment.globals.update(
        amount=amount,
        counted=counted,
        seconds=lambda ms: number(ms / MS_PER_SECOND),
        strip_drawing=drawing.strip_drawing,
        speed_plot=lambda histogram: drawing.plot_of(
            histogram, shown_unit="chars/s", per_unit=1, tick=_SPEED_TICK
        ),
        duration_plot=lambda histogram: drawing.plot_of(
            histogram, shown_unit="s", per_unit=MS_PER_SECOND, tick=MS_PER_SECOND
        ),
        plot_size=(drawing.PLOT_WIDTH, drawing.PLOT_HEIGHT),
        strip_size=(drawing.STRIP_WIDTH, drawing.STRIP_HEIGHT),
    )
    return environment
