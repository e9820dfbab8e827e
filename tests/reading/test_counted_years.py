"""Dates that are counted from today or from another date, in every language."""

from __future__ import annotations

import pytest

from lodeclaim.reading.dates import find_dates
from lodeclaim.reading.language import load_language

#: (what the last date of each sentence is, the sentences by language).
DATES: list[tuple[str, dict[str, tuple[str, ...]]]] = [
    (
        "2025",
        {
            "en": ("Expected before the end of the year.", "It is to open by year-end.", "Before year end it starts."),
            "de": ("Vor Jahresende wird sie erwartet.", "Es soll bis Ende des Jahres öffnen.", "Bis zum Jahresende."),
            "sv": ("Beslut väntas före årsskiftet.", "Den ska öppna innan årets slut.", "Den öppnar i slutet av året."),
            "nb": (
                "Den ventes før årsskiftet.",
                "Det skal åpne innen utgangen av året.",
                "Det åpner innen årets slutt.",
            ),
            "da": (
                "Den ventes inden årsskiftet.",
                "Det skal åbne inden årets udgang.",
                "Den åbner i slutningen af året.",
            ),
            "fr": ("Attendue avant la fin de l'année.", "Elle ouvre d'ici fin d'année."),
            "es": ("Se espera antes de fin de año.", "Abrirá a finales de año.", "Abre antes de que acabe el año."),
        },
    ),
    (
        "2019",
        {
            "en": ("In 2024 it was 12 percent; five years earlier it was 30 percent.",),
            "de": ("2024 waren es 12 Prozent, 5 Jahre zuvor 30 Prozent.",),
            "sv": ("2024 var det 12 procent, fem år tidigare 30 procent.",),
            "nb": ("I 2024 var det 12 prosent, fem år tidligere 30 prosent.",),
            "da": ("I 2024 var det 12 procent, fem år tidligere 30 procent.",),
            "fr": ("En 2024, c'était 12 %, cinq ans plus tôt 30 %.",),
            "es": ("En 2024 era el 12 %; cinco años antes, el 30 %.",),
        },
    ),
    (
        "2020",
        {
            "en": ("Five years ago it was 30 percent.",),
            "de": ("Vor fünf Jahren waren es 30 Prozent.",),
            "sv": ("För fem år sedan var det 30 procent.",),
            "nb": ("For fem år siden var det 30 prosent.",),
            "da": ("For fem år siden var det 30 procent.",),
            "fr": ("Il y a cinq ans, c'était 30 %.",),
            "es": ("Hace cinco años era el 30 %.",),
        },
    ),
    (
        "2034",
        {
            "en": ("In 2024 it was 12 percent; ten years later it should be 30 percent.",),
            "de": ("2024 waren es 12 Prozent, zehn Jahre später sollen es 30 Prozent sein.",),
            "sv": ("2024 var det 12 procent, tio år senare ska det vara 30 procent.",),
            "nb": ("I 2024 var det 12 prosent, ti år senere skal det være 30 prosent.",),
            "da": ("I 2024 var det 12 procent, ti år senere skal det være 30 procent.",),
            "fr": ("En 2024, c'était 12 %, dix ans plus tard ce sera 30 %.",),
            "es": ("En 2024 era el 12 %; diez años después será el 30 %.",),
        },
    ),
    (
        "2030",
        {
            "en": ("Demand will triple by the end of the decade.",),
            "de": ("Die Nachfrage wird sich bis Ende des Jahrzehnts verdreifachen.",),
            "sv": ("Efterfrågan tredubblas till slutet av decenniet.",),
            "nb": ("Etterspørselen tredobles innen utgangen av tiåret.",),
            "da": ("Efterspørgslen tredobles inden årtiets udgang.",),
            "fr": ("La demande triplera d'ici la fin de la décennie.",),
            "es": ("La demanda se triplicará para finales de la década.",),
        },
    ),
    (
        "2023",
        {
            "en": ("It was 30 tonnes the year before last.",),
            "de": ("Vorletztes Jahr waren es 30 Tonnen.",),
            "sv": ("I förrfjol var det 30 ton.",),
            "nb": ("I forfjor var det 30 tonn.",),
            "da": ("I forfjor var det 30 ton.",),
            "fr": ("Il y a deux ans c'était 30 tonnes.",),
            "es": ("Hace dos años eran 30 toneladas.",),
        },
    ),
    (
        "2025-35",
        {
            "en": ("It fell this quarter.",),
            "de": ("In diesem Quartal sank er.",),
            "sv": ("Detta kvartal sjönk det.",),
            "nb": ("I dette kvartalet falt det.",),
            "da": ("I dette kvartal faldt den.",),
            "fr": ("Ce trimestre, il a baissé.",),
            "es": ("Este trimestre bajó.",),
        },
    ),
    (
        "2025-34",
        {
            "en": (
                "It fell last quarter.",
                "It fell in the second quarter.",
                "Compared with the previous quarter it fell.",
            ),
            "de": ("Im vergangenen Quartal sank er.",),
            "sv": ("Under förra kvartalet sjönk det.",),
            "nb": ("I forrige kvartal falt det.",),
            "da": ("I sidste kvartal faldt den.",),
            "fr": ("Au trimestre passé, il a baissé.",),
            "es": ("El pasado trimestre bajó.",),
        },
    ),
]


def last_period(text: str, code: str) -> str | None:
    language = load_language(code)
    found = find_dates(text, language.lexicon.scan(text), "2025-09-23", language.grammar)
    return found[-1].period if found else None


@pytest.mark.parametrize(
    ("code", "text", "period"),
    [(code, text, period) for period, told in DATES for code, texts in told.items() for text in texts],
)
def test_years_and_quarters_are_counted(code: str, text: str, period: str) -> None:
    assert last_period(text, code) == period


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("By the end of the year 2027 it opens.", "2027"),
        ("In 2023 prices rose, and at the end of the year they fell.", "2023"),
        ("In 2023 prices rose. They will fall by the end of the year.", "2025"),
        ("Output fell in the last quarter of 2024.", "2024-36"),
        ("Three years earlier it was more.", None),
    ],
)
def test_what_years_are_counted_from(text: str, period: str | None) -> None:
    assert last_period(text, "en") == period


def test_the_quarter_before_is_that_before_the_latest() -> None:
    text = (
        "Output in the third quarter was 9 tonnes, more than in the second quarter; 7 tonnes in the previous quarter."
    )
    assert last_period(text, "en") == "2025-34"
