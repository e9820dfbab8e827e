"""The brief as one page that needs nothing else: no script, no request, light and dark, screen and paper."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from html import escape
from typing import TYPE_CHECKING, Any

from lodeclaim.charts.svg import clean
from lodeclaim.claims.figure import Figure
from lodeclaim.reports import pictures
from lodeclaim.reports.model import Brief, Phrase, ShareRow, StageSection
from lodeclaim.reports.wording import basis_words, estimated, range_words, say, share_words, when_words

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

__all__ = ["render_fragment", "render_html"]

#: So many claims of a number are linked beside it; more are folded.
_OPEN_REFS = 3
#: Characters of a phrase that name the place of its use.
_LONGEST = 48


def render_html(brief: Brief) -> str:
    """Return the whole page.

    Each number links to the claims it rests on (``#c-`` and the claim's id), and each claim back to where it is
    used. Nothing is loaded from outside; the only outside links are addresses of sources.
    """
    page = _Page(brief)
    template = _environment().get_template("brief.html")
    return template.render(
        brief=brief,
        page=page,
        anchor=pictures.anchor,
        figures=_figures(brief),
        basis=lambda name: basis_words(name, brief.material),
        when=when_words,
    )


def render_fragment(brief: Brief) -> str:
    """Return the page in a frame, for a notebook: its styles touch nothing outside."""
    page = escape(render_html(brief))
    title = escape(f"Supply brief: {brief.title}")
    return (
        f'<iframe srcdoc="{page}" title="{title}" sandbox="allow-popups" loading="lazy" '
        'style="width:100%;height:46rem;border:1px solid #8b959b;border-radius:4px"></iframe>'
    )


@cache
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined
    from markupsafe import Markup

    def finalize(value: Any) -> Any:
        return clean(value) if isinstance(value, str) and not isinstance(value, Markup) else value

    return Environment(
        loader=PackageLoader("lodeclaim.reports", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=finalize,
    )


def _figures(brief: Brief) -> dict[str, Any]:
    from markupsafe import Markup

    def shown(picture: pictures.Picture | None) -> dict[str, Markup] | None:
        # Safe: the charts escape every text they are given.
        return {"wide": Markup(picture.wide), "narrow": Markup(picture.narrow)} if picture else None

    return {
        "stages": {stage.stage: shown(pictures.stage_picture(stage, brief.title)) for stage in brief.stages},
        "criteria": shown(pictures.gauge_picture(brief.reliance.gauges, brief.title)),
        "sourcing": [
            shown(pictures.share_picture(table.rows, f"fig-sourcing-{n}", table.title, "One bar a country of origin."))
            for n, table in enumerate(brief.reliance.sourcing, start=1)
        ],
        "time": shown(pictures.timeline_picture(brief)),
        "disputes": [shown(pictures.dispute_picture(note, n)) for n, note in enumerate(brief.disagreements, start=1)],
    }


class _Page:
    """Numbers with links to their claims, and the way back."""

    def __init__(self, brief: Brief) -> None:
        self.number = {entry.id: n for n, entry in enumerate(brief.claims, start=1)}
        self._uses: dict[str, list[tuple[str, str]]] = {}
        self._count = 0

    def uses(self, claim: str) -> list[tuple[str, str]]:
        """(anchor, words) of each place that rests on the claim."""
        return self._uses.get(claim, [])

    def held(self, stage: StageSection, place: str | None) -> ShareRow | None:
        """Return the share of a place at a stage, where it is known."""
        return next((row for row in stage.shares if place and row.entity == place), None)

    @staticmethod
    def short(words: str) -> str:
        """Return the beginning of a phrase as the name of its place."""
        return f"In short: {words if len(words) <= _LONGEST else words[:_LONGEST].rsplit(' ', 1)[0] + ' …'}"

    @staticmethod
    def telling(figure: Figure) -> bool:
        """Tell whether an interval without a value says more than that an index lies between 0 and 1."""
        return figure.low is not None and figure.high is not None and figure.high - figure.low < 0.95

    def figure(self, figure: Figure | None, label: str) -> Markup:
        """Return a number with its interval and claims, or what is missing."""
        from markupsafe import Markup

        if figure is None:
            return Markup('<span class="gap">–</span>')
        mark = ' <abbr title="the source calls it an estimate">e</abbr>' if estimated(figure) else ""
        return self._number(say(figure), range_words(figure), figure, label, Markup(mark))

    def share(self, figure: Figure, label: str) -> Markup:
        """Return a share with one decimal, with its interval and claims."""
        words, spread = share_words(figure)
        return self._number(words, spread, figure, label)

    def change(self, figure: Figure, label: str) -> Markup:
        """Return a change with its sign."""
        if figure.value is None:
            return self._number("unknown", "", figure, label)
        sign = "+" if figure.value > 0 else ""
        return self._number(f"{sign}{say(figure)}".replace("-", "−"), "", figure, label)

    def phrase(self, phrase: Phrase, label: str) -> Markup:
        """Return words with their claims."""
        from markupsafe import Markup

        return Markup('<div class="v"{}>{}{}</div>').format(
            self._anchor(phrase.claims, label), clean(phrase.words), self._refs(phrase.claims)
        )

    def cite(self, words: str, claims: Iterable[str], label: str) -> Markup:
        """Return words that no number stands in, with their claims."""
        return self.phrase(Phrase(words=words, claims=tuple(claims)), label)

    def _number(self, words: str, spread: str, figure: Figure, label: str, mark: Markup | str = "") -> Markup:
        from markupsafe import Markup

        known = [claim for claim in dict.fromkeys(figure.claims) if claim in self.number]
        shown = Markup("{}").format(clean(words))
        if known:
            shown = Markup('<a class="n" href="#c-{}">{}</a>').format(known[0], shown)
        kind = "v" if figure.value is not None else "v gap"
        interval = Markup(' <span class="ci">{}</span>').format(spread) if spread else ""
        why = Markup(' title="{}"').format(clean("; ".join(figure.reasons))) if figure.reasons else ""
        return Markup('<div class="{}"{}{}>{}{}{}{}</div>').format(
            kind, self._anchor(known, label), why, shown, mark, self._refs(known), interval
        )

    def _anchor(self, claims: Iterable[str], label: str) -> Markup:
        """Note the use under each claim, and return the id of the place."""
        from markupsafe import Markup

        known = [claim for claim in dict.fromkeys(claims) if claim in self.number]
        if not known:
            return Markup("")
        self._count += 1
        place = f"u-{self._count}"
        for claim in known:
            self._uses.setdefault(claim, []).append((place, label))
        return Markup(' id="{}"').format(place)

    def _refs(self, claims: Iterable[str]) -> Markup:
        from markupsafe import Markup

        known = [claim for claim in dict.fromkeys(claims) if claim in self.number]
        links = Markup(" ").join(Markup('<a href="#c-{}">{}</a>').format(claim, self.number[claim]) for claim in known)
        if not known:
            return Markup("")
        if len(known) <= _OPEN_REFS:
            return Markup('<sup class="refs">{}</sup>').format(links)
        return Markup('<details class="refs"><summary>{} claims</summary><span>{}</span></details>').format(
            len(known), links
        )
