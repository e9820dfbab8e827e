"""Publication dates are found with their basis, and never guessed."""

from __future__ import annotations

import json
import os
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodeclaim.documents.load import load_document
from lodeclaim.documents.months import MONTHS, month_number
from lodeclaim.documents.published import find_dates, published_in

TODAY = date(2026, 3, 1)
BODY = "\nWolfram ist knapp. Die Nachfrage steigt weiter, wie alle Beteiligten sagen.\n"
SHARED = Path(os.environ.get("LODECLAIM_SHARED", Path(__file__).parents[2].parent / "shared"))


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("November 21 2025 08:57:57     Geological Survey (xyz)", "2025-11-21"),
        ("21. november 2025", "2025-11-21"),
        ("OSLO – 2. desember 2025, kl. 05.45. Av utenriksredaksjonen", "2025-12-02"),
        ("Af erhvervsredaktionen. 18. november 2025 kl. 05.30. Opdateret kl. 09.12", "2025-11-18"),
        ("Redacción de Economía. Lima, 19 de noviembre de 2025, 05:00 a. m.", "2025-11-19"),
        ("21 november 2025", "2025-11-21"),
        ("27.6.2025 11:56:50 CEST", "2025-06-27"),
        ("27.6.2025 11:56:50 CEST | Pressemelding", "2025-06-27"),
        ("2025-06-27", "2025-06-27"),
        ("Published: 27 June 2025", "2025-06-27"),
        ("Published on June 27th, 2025 by the newsroom", "2025-06-27"),
        ("2025-06-27T08:00:00+02:00", "2025-06-27"),
        ("Veröffentlicht am 27. Juni 2025, 14:30 Uhr", "2025-06-27"),
        ("Stand: 27.06.2025", "2025-06-27"),
        ("Jane Doe, published 27 June 2025", "2025-06-27"),
        ("Letzte Änderung: 27.06.2025", "2025-06-27"),
        ("Freitag, 27. Juni 2025", "2025-06-27"),
        ("By Jane Doe | June 27, 2025", "2025-06-27"),
        ("Publisert 27. juni 2025 kl. 08.15", "2025-06-27"),
        ("Publicerad 27 jun 2025", "2025-06-27"),
        ("Publié le 27 juin 2025 à 10h30", "2025-06-27"),
        ("27 de junio de 2025", "2025-06-27"),
        ("1er juillet 2025", "2025-07-01"),
        ("27 июня 2025", "2025-06-27"),
        ("2025年11月21日", "2025-11-21"),
        ("6/27/2025", "2025-06-27"),
        ("Analyse. Publié le 12/02/2026 à 07:30 – Temps de lecture : 5 min", "2026-02-12"),
        ("By the metals desk · 27 June 2025 · 4 min read", "2025-06-27"),
        ("Kystavisen | Fredag 27. juni 2025 kl. 07.15 | Av redaksjonen", "2025-06-27"),
        ("Por la redacción | Lima, viernes 27 de junio de 2025 | 08:45 hrs. | Lectura: 3 minutos", "2025-06-27"),
        ("Posteret juni 27, 2025 af redaktionen | 4 min", "2025-06-27"),
        (
            "2025-06-27 10:15:32 Source: Metals Net Editor: desk Read: 2317 times Type size: large, medium or small",
            "2025-06-27",
        ),
        ("27/06/2025", "2025-06-27"),
        (
            "ASTANA, 27 June 2025 – Kazakhstan has said that it will open a new mine in the east of the country.",
            "2025-06-27",
        ),
    ],
)
def test_date_lines(line: str, day: str) -> None:
    assert published_in(f"Eine Überschrift\n{line}{BODY}", today=TODAY) == (day, "date line")


@pytest.mark.parametrize(
    "line",
    [
        "03/04/2025",  # March or April
        "27.6.2031",  # in the future
        "31.2.2025",  # no such day
        "2025",
        "June 2025",
        "Version 10.11.2025.3",
        "The law enters into force on 1 July 2025.",
        "A review published on 1 July 2025 shows that prices will rise until 2026.",
        "Loven trer i kraft 1. juli 2025 – den tredje endringen.",
    ],
)
def test_what_is_no_publication_date(line: str) -> None:
    assert published_in(f"Eine Überschrift\n{line}{BODY}", today=TODAY) == (None, None)


@pytest.mark.parametrize(("language", "day"), [("es", "2025-05-12"), ("en", None), (None, None)])
def test_the_day_comes_first_but_in_english(language: str | None, day: str | None) -> None:
    text = "Titular\nRedacción | Sevilla\n12/05/2025 - 07:45 h\nEl precio sube.\n"
    assert published_in(text, language=language, today=TODAY)[0] == day


def test_a_crawlers_prefix_goes_first() -> None:
    text = " date 2026-02-25 Summary of it.\n21. november 2025\nText"
    assert published_in(text, stated="2025-01-01", today=TODAY) == ("2026-02-25", "date in front of the text")


def test_page_metadata_goes_before_lines() -> None:
    assert published_in("21. november 2025\nText", stated="2025-11-20T23:00:00Z", today=TODAY) == (
        "2025-11-20",
        "page metadata",
    )
    assert published_in("21. november 2025\nText", stated="soon", today=TODAY)[0] == "2025-11-21"
    assert published_in("21. november 2025\nText", stated="2031-01-01", today=TODAY)[0] == "2025-11-21"


def test_published_goes_before_updated() -> None:
    text = f"Title\nUpdated: 1 February 2026\nPublished: 27 June 2025{BODY}"
    assert published_in(text, today=TODAY)[0] == "2025-06-27"


def test_a_labelled_date_at_the_foot_counts() -> None:
    text = f"Title{BODY * 100}Published: 27 June 2025\n"
    assert published_in(text, today=TODAY) == ("2025-06-27", "date line")


def test_a_stamp_outranks_a_date_in_a_sentence() -> None:
    text = f"Title{BODY * 60}It applies since 3 August 2025 at all mines.\nOther news27.6.2025 11:56:50 CEST | Release"
    assert published_in(text, today=TODAY) == ("2025-06", "newest date on the page")


def test_the_newest_date_in_sentences_is_a_lower_bound() -> None:
    text = "Title\nOn 3 May 2024 the firm met. The government signed it on 27 June 2025 in Astana."
    assert published_in(text, today=TODAY) == ("2025-06", "newest date on the page")


def test_history_is_not_taken_for_publication() -> None:
    text = "Title\nThe union ended on 26 December 1991. In 2024 the mine opened."
    assert published_in(text, today=TODAY) == (None, None)


@given(st.text(max_size=400))
def test_any_text_is_survived(text: str) -> None:
    published, basis = published_in(text, today=TODAY)
    assert (published is None) == (basis is None)
    assert published is None or published <= "2026-03-02"


@given(st.dates(date(1995, 1, 1), date(2026, 2, 28)), st.sampled_from(sorted(MONTHS)))
def test_a_day_written_in_any_language_is_found(day: date, language: str) -> None:
    name = MONTHS[language][day.month - 1].split()[0]
    assert [found[0] for found in find_dates(f"x {day.day}. {name} {day.year} x")] == [day]


def test_month_names() -> None:
    assert month_number("Okt.") == 10
    assert month_number("желтоқсан") == 12
    assert month_number("monday") is None


def test_the_sample_articles_have_their_known_dates() -> None:
    index = SHARED / "gold" / "docs.jsonl"
    if not index.exists():
        pytest.skip(f"needs {index}, which is not part of the project")
    for line in index.read_text("utf-8").splitlines():
        known = json.loads(line)
        document = load_document(str(SHARED / "seeds" / known["id"]))
        assert document.published == known["published"], known["id"]
        assert document.title == known["title"], known["id"]
        assert document.language == known["lang"], known["id"]
        assert (document.published_basis is None) == (document.published is None)
