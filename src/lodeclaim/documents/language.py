"""Which language is a text in?

Three steps, the cheap ones first: the script; a vote of function words; a statistical model (py3langid), which
takes more than a second to load and is asked only where the vote is not clear.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache
from itertools import islice
from typing import Any

__all__ = ["MODEL_LANGUAGES", "detect_language"]

_FRONT, _MIDDLE = 3000, 1000
_LONG = 2000
#: A text with fewer letters names no language; with fewer than enough the model is not asked.
_LEAST, _ENOUGH = 3, 20
#: Languages the model chooses among unless told otherwise: those in which news on raw materials is published.
MODEL_LANGUAGES: tuple[str, ...] = (
    "en", "de", "sv", "no", "nn", "da", "fr", "es", "fi", "nl", "it", "pt", "pl", "cs", "sk", "hu", "ro", "hr", "sl",
    "et", "lv", "lt", "tr", "id", "vi", "is", "ca", "sq", "az", "uz", "sw", "af", "ms", "tl",
)  # fmt: skip
_WORDS: dict[str, str] = {
    "en": "the of and to in that is was for on with as by are from at this which have has been its it be not will "
    "were their would than more also an or but into over after between through",
    "de": "der die das und ist von den dem des mit für auf im ein eine einer nicht sich auch als aus bei nach wird "
    "werden wurde haben zum zur über durch sind oder noch nur einem einen unter zwischen dass",
    "sv": "och att det som en på är av för med till den har inte om ett vid från sig ska kan så efter också sin "
    "men eller över under detta blir där mellan till genom många när enligt",
    "nb": "og i det som en på er av for med til den har ikke om et ved fra seg skal kan så etter også sin men eller "
    "over under dette blir der mellom gjennom mange når ifølge å var ble hvor etter noe bare",
    "nn": "og i det som ein på er av for med til den har ikkje om eit ved frå seg skal kan så etter også sin men "
    "eller over under dette blir der mellom gjennom mange når ifølgje å var vart kvar noko berre dei eg ho",
    "da": "og i det som en på er af for med til den har ikke om et ved fra sig skal kan så efter også sin men eller "
    "over under dette bliver der mellem gennem mange når ifølge at var blev hvor noget kun meget",
    "fr": "le la les de des du et en un une est que qui dans pour sur par au aux avec pas plus ce cette sont il "
    "elle ne se ses leur mais ou a été entre selon",
    "es": "el la los las de del y en un una es que por para con no se su al lo como más pero sus este esta son ha "
    "fue entre sobre desde según también hasta",
    "fi": "ja on ei että se oli ovat joka mutta myös kuin sekä tai hän ole mukaan kun niin jos ovat vuoden sen "
    "tämä jotka sitä olla voi noin eli vielä",
    "nl": "de het een en van in is dat op te voor met zijn niet aan er om ook als door maar bij wordt naar uit "
    "worden werd heeft deze over nog tussen meer volgens",
    "it": "il la le di del della dei e in un una è che per con non si su da al lo come più ma sono ha gli nel "
    "nella alla tra anche dalla secondo questo",
    "pt": "o a os as de do da dos das e em um uma é que por para com não se no na ao como mais mas são foi pela "
    "pelo entre também sobre segundo até",
    "pl": "i w na z do się nie jest że to o po za od przez dla jak oraz które który są ale przy tym także tego "
    "będzie może został już lub według",
    "ru": "и в на с по что не из к для от как это за у о его но также при до был было были или более их",
    "uk": "і в на з що не до за та у як від це для про його але також при був було були або більше їх",
    "kk": "және мен бен пен үшін бұл бар деп туралы бойынша жылы болды болып еді осы бір де да ол кейін арқылы",
}
_WORD = re.compile(r"[^\W\d_]+")
#: First and last code point of scripts, and the language where a script stands for one.
_SCRIPTS: tuple[tuple[int, int, str], ...] = (
    (0x0370, 0x03FF, "el"),
    (0x0400, 0x052F, "Cyrl"),
    (0x0530, 0x058F, "hy"),
    (0x0590, 0x05FF, "he"),
    (0x0600, 0x06FF, "Arab"),
    (0x0900, 0x097F, "hi"),
    (0x0980, 0x09FF, "bn"),
    (0x0B80, 0x0BFF, "ta"),
    (0x0E00, 0x0E7F, "th"),
    (0x1000, 0x109F, "my"),
    (0x10A0, 0x10FF, "ka"),
    (0x1200, 0x137F, "am"),
    (0x1780, 0x17FF, "km"),
    (0x3040, 0x30FF, "ja"),
    (0x3400, 0x9FFF, "zh"),
    (0xAC00, 0xD7AF, "ko"),
)
#: A sign of any of these scripts.
_OTHER_SCRIPT = re.compile(f"[{''.join(f'{chr(low)}-{chr(high)}' for low, high, _ in _SCRIPTS)}]")
_MODEL_NAMES = {"no": "nb"}


def detect_language(text: str, allowed: Sequence[str] | None = None, *, stated: str | None = None) -> str | None:
    """Return the ISO 639 code of the language of ``text``, or None where it is too short to tell.

    ``allowed`` names the languages that the model chooses among where script and function words leave it
    open; a text that is clearly in another language is still named. ``stated`` is what the page says of
    itself: it is believed where script and words do not speak against it. Norwegian bokmål is ``nb``. Looks
    at the first 3,000 characters and 1,000 of the middle.

    >>> detect_language("The price of tungsten rose and the market is short of it, which is not new to them.")
    'en'
    """
    sample = _sample(text)
    letters = sum(1 for _ in islice(filter(str.isalpha, sample), _ENOUGH))
    if letters < _LEAST:
        return stated
    # most texts are in Latin letters, which one search tells
    if _OTHER_SCRIPT.search(sample) is not None:
        script = _by_script(sample)
        if script == "Cyrl":
            return _cyrillic(sample)
        if script:
            return script
    # few function words stand right before a stop: in a long text they can be missed
    words = Counter(sample.lower().split() if len(sample) >= _LONG else _WORD.findall(sample.lower()))
    ranked = _votes(words)
    if ranked and _is_clear(words, ranked):
        return ranked[0][0]
    if stated:
        return stated
    if letters < _ENOUGH:
        return ranked[0][0] if ranked and ranked[0][1] >= 1 else None
    return _by_model(sample, allowed)


def _sample(text: str) -> str:
    if len(text) <= _FRONT + _MIDDLE:
        return text
    middle = max(_FRONT, len(text) // 2)
    return text[:_FRONT] + "\n" + text[middle : middle + _MIDDLE]


def _by_script(sample: str) -> str | None:
    """Return the language (or ``Cyrl``) of the script that more than half of the letters are in."""
    signs = Counter(sample)
    letters = sum(times for sign, times in signs.items() if sign.isalpha())
    counts: Counter[str] = Counter()
    for char, times in signs.items():
        code = ord(char)
        if code < 0x0370 or not char.isalpha():
            continue
        for low, high, name in _SCRIPTS:
            if low <= code <= high:
                counts[name] += times
                break
    if not counts:
        return None
    east_asian = counts["ja"] + counts["zh"]
    # A Chinese character says as much as two Latin letters, and company names are in Latin letters.
    if 2 * east_asian > letters - east_asian:
        return "ja" if counts["ja"] > 0.1 * east_asian else "zh"
    name, count = counts.most_common(1)[0]
    if 2 * count <= letters:
        return None
    if name == "Arab":
        return "ur" if any(char in sample for char in "ٹڈڑے") else "fa" if any(c in sample for c in "پچژگ") else "ar"
    return name


def _cyrillic(sample: str) -> str:
    """Tell the languages in Cyrillic apart by letters that only some of them have, then by words."""
    lower = sample.lower()
    share = {char: lower.count(char) for char in "әғқңөұүһіїєґјљњћђџыэъў"}
    letters = sum(map(str.isalpha, lower))
    if share["ә"] + share["қ"] + share["ғ"] + share["ұ"] > 0.01 * letters:
        return "kk" if share["і"] or share["ұ"] else "tt" if share["һ"] else "kk"
    if share["ө"] + share["ү"] > 0.01 * letters:
        return "ky" if share["ң"] else "mn"
    if share["ї"] + share["є"] + share["ґ"] > 0.002 * letters and not share["ы"]:
        return "uk"
    if share["ў"] > 0.002 * letters:
        return "be" if share["і"] else "uz"
    if share["љ"] + share["њ"] + share["ј"] > 0.005 * letters:
        return "sr"
    if share["ъ"] > 0.008 * letters and not share["ы"] and not share["э"]:
        return "bg"
    if share["і"] and not share["ы"]:
        return "uk"
    return "ru"


@cache
def _lists() -> dict[str, frozenset[str]]:
    return {language: frozenset(words.split()) for language, words in _WORDS.items()}


@cache
def _ballots() -> dict[str, tuple[tuple[str, float], ...]]:
    """Return for each function word the languages that it votes for; one that many share weighs less."""
    found: dict[str, list[str]] = {}
    for language, listed in _lists().items():
        for word in listed:
            found.setdefault(word, []).append(language)
    return {word: tuple((name, 1 / len(names)) for name in names) for word, names in found.items()}


def _votes(words: Counter[str]) -> list[tuple[str, float]]:
    """Return languages with their votes, the best first."""
    ballots = _ballots()
    votes: dict[str, float] = {}
    for word in words.keys() & ballots.keys():
        for language, weight in ballots[word]:
            votes[language] = votes.get(language, 0.0) + words[word] * weight
    return sorted(votes.items(), key=lambda item: (-item[1], item[0]))


@cache
def _own_words(best: str, other: str) -> frozenset[str]:
    return _lists()[best] - _lists()[other]


def _is_clear(words: Counter[str], ranked: list[tuple[str, float]]) -> bool:
    """Tell whether the best language wins over each of the next ones by the words that tell the two apart."""
    best, vote = ranked[0]
    if vote < 3 or vote < 0.05 * words.total():
        return False
    for other, _ in ranked[1:4]:
        ours = sum(words[word] for word in _own_words(best, other).intersection(words))
        theirs = sum(words[word] for word in _own_words(other, best).intersection(words))
        if ours < 3 or ours < 2.5 * theirs:
            return False
    return True


@cache
def _model(languages: tuple[str, ...]) -> Any:
    """Return the model restricted to ``languages``; loading takes more than a second, so it is kept."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    known = set(identifier.labels)
    identifier.set_languages([language for language in languages if language in known] or None)
    return identifier


def _by_model(sample: str, allowed: Sequence[str] | None) -> str | None:
    wanted = {"no" if language == "nb" else language for language in (allowed or MODEL_LANGUAGES)}
    language = str(_model(tuple(sorted(wanted))).classify(sample)[0])
    return _MODEL_NAMES.get(language, language)
