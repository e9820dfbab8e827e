"""Which month does a name stand for? Names and abbreviations as dates on pages write them."""

from __future__ import annotations

from functools import cache

__all__ = ["MONTHS", "month_number"]

#: Twelve entries per language, each with the full name (and its genitive) and abbreviations.
MONTHS: dict[str, tuple[str, ...]] = {
    "en": (
        "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
        "september sept sep", "october oct", "november nov", "december dec",
    ),
    "de": (
        "januar jänner jan", "februar feb", "märz mär mrz", "april apr", "mai", "juni jun", "juli jul", "august aug",
        "september sept sep", "oktober okt", "november nov", "dezember dez",
    ),
    "sv": (
        "januari jan", "februari feb", "mars mar", "april apr", "maj", "juni jun", "juli jul", "augusti aug",
        "september sept sep", "oktober okt", "november nov", "december dec",
    ),
    "nb": (
        "januar jan", "februar feb", "mars mar", "april apr", "mai", "juni jun", "juli jul", "august aug",
        "september sept sep", "oktober okt", "november nov", "desember des",
    ),
    "da": (
        "januar jan", "februar feb", "marts mar", "april apr", "maj", "juni jun", "juli jul", "august aug",
        "september sept sep", "oktober okt", "november nov", "december dec",
    ),
    "fr": (
        "janvier janv", "février févr", "mars", "avril avr", "mai", "juin", "juillet juil", "août aout",
        "septembre sept", "octobre oct", "novembre nov", "décembre déc",
    ),
    "es": (
        "enero ene", "febrero feb", "marzo mar", "abril abr", "mayo may", "junio jun", "julio jul", "agosto ago",
        "septiembre setiembre sept", "octubre oct", "noviembre nov", "diciembre dic",
    ),
    "nl": (
        "januari jan", "februari feb", "maart mrt", "april apr", "mei", "juni jun", "juli jul", "augustus aug",
        "september sep", "oktober okt", "november nov", "december dec",
    ),
    "it": (
        "gennaio gen", "febbraio feb", "marzo mar", "aprile apr", "maggio mag", "giugno giu", "luglio lug",
        "agosto ago", "settembre set", "ottobre ott", "novembre nov", "dicembre dic",
    ),
    "pt": (
        "janeiro jan", "fevereiro fev", "março mar", "abril abr", "maio mai", "junho jun", "julho jul", "agosto ago",
        "setembro set", "outubro out", "novembro nov", "dezembro dez",
    ),
    "fi": (
        "tammikuuta tammikuu", "helmikuuta helmikuu", "maaliskuuta maaliskuu", "huhtikuuta huhtikuu",
        "toukokuuta toukokuu", "kesäkuuta kesäkuu", "heinäkuuta heinäkuu", "elokuuta elokuu", "syyskuuta syyskuu",
        "lokakuuta lokakuu", "marraskuuta marraskuu", "joulukuuta joulukuu",
    ),
    "pl": (
        "stycznia styczeń", "lutego luty", "marca marzec", "kwietnia kwiecień", "maja maj", "czerwca czerwiec",
        "lipca lipiec", "sierpnia sierpień", "września wrzesień", "października październik", "listopada listopad",
        "grudnia grudzień",
    ),
    "ru": (
        "января январь", "февраля февраль", "марта март", "апреля апрель", "мая май", "июня июнь", "июля июль",
        "августа август", "сентября сентябрь", "октября октябрь", "ноября ноябрь", "декабря декабрь",
    ),
    "kk": (
        "қаңтар", "ақпан", "наурыз", "сәуір", "мамыр", "маусым", "шілде", "тамыз", "қыркүйек", "қазан", "қараша",
        "желтоқсан",
    ),
}  # fmt: skip


@cache
def _numbers() -> dict[str, int]:
    """Return month numbers by name; a name that two languages give to different months is left out."""
    found: dict[str, int] = {}
    clashing: set[str] = set()
    for names in MONTHS.values():
        for number, forms in enumerate(names, start=1):
            for form in forms.split():
                if found.setdefault(form, number) != number:
                    clashing.add(form)
    return {name: number for name, number in found.items() if name not in clashing}


def month_number(name: str) -> int | None:
    """Return 1 to 12 for a month's name in any of the languages, with or without its point; else None.

    >>> month_number("Dez.")
    12
    """
    return _numbers().get(name.casefold().rstrip("."))
