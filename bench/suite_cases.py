"""Cases of the public suites, read from the checkouts that the user gives; nothing of them is kept here."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

__all__ = ["Case", "Expected", "cases"]

Mode = Literal["number", "percent", "money", "dimension"]

RECOGNIZERS = {"en": "English", "de": "German", "sv": "Swedish", "fr": "French", "es": "Spanish"}
MODELS: dict[str, tuple[str, Mode]] = {
    "numbers": ("Number/{}/NumberModel.json", "number"),
    "percent": ("Number/{}/PercentModel.json", "percent"),
    "currency": ("NumberWithUnit/{}/CurrencyModel.json", "money"),
    "dimension": ("NumberWithUnit/{}/DimensionModel.json", "dimension"),
}
DUCKLING = {"en": "EN", "de": "DE", "sv": "SV", "nb": "NB", "da": "DA", "fr": "FR", "es": "ES"}
TOPICS: dict[str, Mode] = {"Numeral": "number", "AmountOfMoney": "money"}


@dataclass(frozen=True, slots=True)
class Expected:
    """A value that a suite wants read; ``unit`` in the suite's own words, the span where it gives one."""

    value: float
    unit: str | None = None
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """One text of a suite with everything it wants read from it."""

    suite: str
    language: str
    mode: Mode
    text: str
    expected: tuple[Expected, ...]


def cases(folder: Path) -> Iterator[Case]:
    """Yield the cases of every suite that stands in the folder."""
    if (folder / "Recognizers-Text").is_dir():
        yield from _recognizers(folder / "Recognizers-Text" / "Specs")
    if (folder / "duckling").is_dir():
        yield from _duckling(folder / "duckling" / "Duckling")
    if (folder / "CQE_Evaluation").is_dir():
        yield from _newsquant(folder / "CQE_Evaluation" / "data" / "formatted_test_set" / "NewsQuant.json")


def _recognizers(specs: Path) -> Iterator[Case]:
    for name, (pattern, mode) in MODELS.items():
        for code, language in RECOGNIZERS.items():
            path = specs / pattern.format(language)
            if not path.is_file():
                continue
            decimal = "." if code == "en" else ","
            for item in json.loads(path.read_text("utf-8-sig")):
                expected = tuple(one for result in item["Results"] if (one := _resolved(result, decimal)) is not None)
                yield Case(f"Recognizers {name}", code, mode, item["Input"], expected)


def _resolved(result: dict[str, object], decimal: str) -> Expected | None:
    resolution = result.get("Resolution") or {}
    assert isinstance(resolution, dict)
    written = str(resolution.get("value") or "").rstrip("%").replace(decimal, ".")
    try:
        value = float(written)
    except ValueError:
        return None  # a unit without a number
    start, end = result.get("Start"), result.get("End")
    unit = resolution.get("isoCurrency") or resolution.get("unit")
    return Expected(
        value,
        str(unit) if unit else None,
        start if isinstance(start, int) else None,
        end + 1 if isinstance(end, int) else None,
    )


_EXAMPLES = re.compile(r"examples \(((?:[^()]|\([^()]*\))*)\)\s*\[(.*?)\n?\s*\](?=\s*(?:,\s*examples|\]|$))", re.S)
_STRING = re.compile(r'"((?:[^"\\]|\\.)*)"')


def _duckling(root: Path) -> Iterator[Case]:
    for topic, mode in TOPICS.items():
        for code, folder in DUCKLING.items():
            path = root / topic / folder / "Corpus.hs"
            if not path.is_file():
                continue
            source = path.read_text("utf-8")
            body = source[source.find("allExamples =") :]
            for match in _EXAMPLES.finditer(body):
                words = match[1].replace("(", " ").replace(")", " ").split()
                if words[0] not in ("NumeralValue", "simple"):
                    continue  # intervals and open amounts: not one value
                value = float(words[-1].replace("_", ""))
                unit = words[1] if words[0] == "simple" else None
                for string in _STRING.findall(match[2]):
                    text = _unescaped(string)
                    yield Case(f"Duckling {topic}", code, mode, text, (Expected(value, unit, 0, len(text)),))


def _unescaped(string: str) -> str:
    plain = re.sub(r"\\(\d+)", lambda match: chr(int(match[1])), string).replace("\\&", "")
    return str(ast.literal_eval(f'"{plain}"')) if "\\" in plain else plain


def _newsquant(path: Path) -> Iterator[Case]:
    for item in json.loads(path.read_text("utf-8")):
        expected = []
        for quantity in item["quantities"]:
            written = re.findall(r"(?<![\d.])-?\d+(?:\.\d+)?(?:e[+-]?\d+)?", str(quantity["value"]))
            expected.extend(Expected(float(part), quantity["normalized_unit"]) for part in written)
        yield Case("NewsQuant values", "en", "number", item["text"], tuple(expected))
