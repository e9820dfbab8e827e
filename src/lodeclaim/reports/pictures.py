"""The drawings of a brief, each in a wide and a narrow cut, from its records."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from lodeclaim.charts.bars import ShareBar, share_bars
from lodeclaim.charts.interval import Voice, interval_chart
from lodeclaim.charts.stack import Part, Row, stacked_rows
from lodeclaim.charts.threshold import Gauge, threshold_chart
from lodeclaim.charts.timeline import Event, timeline
from lodeclaim.claims.figure import Figure
from lodeclaim.reports.model import Brief, DisagreementNote, GaugeRow, ShareRow, StageSection
from lodeclaim.reports.wording import say, share_words, when_words

__all__ = ["Picture", "dispute_picture", "gauge_picture", "share_picture", "stage_picture", "timeline_picture"]

WIDE, NARROW = 720, 356
_MOST_EVENTS = 14


@dataclass(frozen=True, slots=True)
class Picture:
    """One drawing in two cuts; a page shows the one that fits."""

    wide: str
    narrow: str


def anchor(claims: Iterable[str]) -> str | None:
    """Return the address on the page of the first claim."""
    return next((f"#c-{claim}" for claim in claims), None)


def _both(name: str, draw: Callable[[str, int], str]) -> Picture:
    return Picture(draw(f"{name}-w", WIDE), draw(f"{name}-n", NARROW))


def share_picture(rows: Sequence[ShareRow], name: str, title: str, description: str) -> Picture:
    """Return share bars of a table of countries."""
    bars = [
        ShareBar(
            label=row.name,
            key=row.entity,
            share=row.share.value,
            low=row.share.low,
            high=row.share.high,
            said=_share_said(row.share),
            href=anchor(row.share.claims),
        )
        for row in rows
    ]
    return _both(name, lambda id, width: share_bars(bars, name=id, title=title, description=description, width=width))


def _share_said(figure: Figure) -> str:
    words, spread = share_words(figure)
    return f"{words} ({spread})" if spread else words


def stage_picture(stage: StageSection, material: str) -> Picture | None:
    """Return shares by territory, above those by control where anything is attributed; None without shares."""
    if not stage.shares:
        return None
    when = when_words(stage.period)
    if any(row.entity and row.share.value for row in stage.control):
        rows = [
            Row(label="by territory", parts=_parts(stage.shares)),
            Row(label="by control", parts=_parts(stage.control)),
        ]
        title = f"{stage.name.capitalize()} of {material} by territory and by control, {when}"
        described = "Two bars of 100 percent, one by country of the site and one by country of the owner."
        return _both(
            f"fig-{stage.stage}",
            lambda id, width: stacked_rows(rows, name=id, title=title, description=described, width=width),
        )
    title = f"{stage.name.capitalize()} of {material} by country, {when}"
    return share_picture(stage.shares, f"fig-{stage.stage}", title, "One bar a country; lines show the interval.")


def _parts(rows: Sequence[ShareRow]) -> tuple[Part, ...]:
    named = [row for row in rows if row.entity and row.share.value]
    return tuple(
        Part(
            label=row.name,
            short=row.entity or "",
            key=row.entity,
            share=row.share.value or 0.0,
            href=anchor(row.share.claims),
        )
        for row in named
    )


def gauge_picture(gauges: Sequence[GaugeRow], material: str) -> Picture | None:
    """Return values against legal thresholds; None where no value is known."""
    known = [gauge for gauge in gauges if gauge.value.value is not None]
    if not known:
        return None
    drawn = [
        Gauge(
            label=f"{gauge.name}, {when_words(gauge.value.period)}",
            value=gauge.value.value,
            said=say(gauge.value),
            threshold=gauge.threshold,
            threshold_said=gauge.threshold_words,
            top=max(6.0, gauge.threshold * 2),
            href=anchor(gauge.value.claims),
        )
        for gauge in known
    ]
    return _both(
        "fig-criteria",
        lambda id, width: threshold_chart(
            drawn,
            name=id,
            title=f"EU criteria for {material} against their thresholds",
            description="One bar for each criterion, with a dashed line at the threshold of Article 4(2).",
            width=width,
        ),
    )


def timeline_picture(brief: Brief) -> Picture | None:
    """Return deals and milestones along time, oldest first; None where none has a date."""
    events = [
        (
            deal.start or deal.end or "",
            Event(
                label=f"{deal.parties}: {deal.instrument or deal.kind}, {deal.subject}",
                note=say(deal.amount) if deal.amount.value is not None else "",
                when=deal.when,
                start=_day(deal.start),
                end=_day(deal.end),
                firmness=deal.firmness,
                planned=deal.modality != "actual",
                href=anchor(deal.claims),
            ),
        )
        for deal in brief.deals
    ]
    events += [
        (
            row.start or row.end or "",
            Event(
                label=row.words,
                when=row.when,
                start=_day(row.start),
                end=_day(row.end),
                planned=row.modality != "actual",
                href=anchor(row.claims),
            ),
        )
        for row in brief.milestones
    ]
    dated = [event for day, event in sorted(events, key=lambda pair: (pair[0], pair[1].label)) if day]
    if not dated:
        return None
    shown = dated[-_MOST_EVENTS:]
    title = f"Deals and milestones for {brief.title}"
    described = "One row an event with its place in time; small bars at the right show firmness from 1 to 8."
    return _both(
        "fig-time", lambda id, width: timeline(shown, name=id, title=title, description=described, width=width)
    )


def _day(iso: str | None) -> date | None:
    return date.fromisoformat(iso) if iso else None


def dispute_picture(note: DisagreementNote, number: int) -> Picture | None:
    """Return who says what on one axis; None where fewer than two voices give a number in one unit."""
    voices = [
        Voice(
            label=voice.publisher,
            note=", ".join(part for part in (when_words(voice.published), voice.qualifier) if part),
            value=voice.value,
            low=_end(voice.value, voice.low, voice.high)[0],
            high=_end(voice.value, voice.low, voice.high)[1],
            said=voice.words,
            href=f"#c-{voice.claim}",
        )
        for voice in note.voices
        if voice.value is not None
    ]
    if len(voices) < 2:
        return None
    settled = note.settled
    band = None
    alike = len({voice.qualifier for voice in note.voices}) == 1
    if alike and settled is not None and settled.low is not None and settled.high is not None:
        band = (settled.low, settled.high)
    return _both(
        f"fig-dispute-{number}",
        lambda id, width: interval_chart(
            voices,
            name=id,
            title=note.matter,
            description="One row a claim: a dot for its value, a line for what it allows.",
            unit=note.unit,
            settled=band,
            width=width,
        ),
    )


def _end(value: float, low: float | None, high: float | None) -> tuple[float | None, float | None]:
    """No range where a claim states just a number."""
    return (None, None) if low == high == value else (low, high)
