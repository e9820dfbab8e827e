"""Languages are told by script, by function words, and by the model only where these leave it open."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodeclaim.documents.language import detect_language

TEXTS = {
    "en": "The country holds substantial reserves of copper and it has been slow to open them for investors.",
    "de": "Das Land verfügt über große Reserven und die Nachfrage nach dem Metall ist nicht nur in Europa hoch.",
    "sv": "Landet har stora fyndigheter av volfram och det är inte klart när gruvan ska öppna för brytning.",
    "nb": "Landet har store forekomster av wolfram, og det er ikke klart når gruven skal åpnes etter at avtalen ble "
    "undertegnet av partene. Hvor mye som blir utvunnet, er bare anslått.",
    "nn": "Landet har store førekomstar av wolfram, og det er ikkje klart når gruva skal opnast etter at dei vart "
    "samde om ein avtale. Kvar det vert vinne ut, veit ingen frå før, og noko er berre eit anslag.",
    "da": "Landet har store forekomster af wolfram, og det er ikke klart, hvornår minen bliver åbnet, efter at "
    "aftalen blev underskrevet af parterne. Hvor meget der var, ved man kun noget om.",
    "fr": "Le pays possède des réserves de tungstène qui ne sont pas exploitées et une mine est prévue dans le nord.",
    "es": "El país tiene grandes reservas de wolframio y la mina que se construye en el norte es una de las mayores.",
    "fi": "Maalla on suuret volframivarat, mutta kaivos ei ole vielä auki ja se avataan vasta kun lupa on saatu.",
    "nl": "Het land heeft grote voorraden wolfraam en de mijn die in het noorden wordt gebouwd is een van de grootste.",
    "it": "Il paese ha grandi riserve di tungsteno e la miniera che si costruisce nel nord è una delle più grandi.",
    "pt": "O país tem grandes reservas de tungsténio e a mina que está em construção no norte é uma das maiores.",
    "pl": "Kraj ma duże złoża wolframu i nie jest jasne, kiedy kopalnia będzie otwarta, ale już są chętni do tego.",
    "ru": "Страна обладает крупными запасами вольфрама, и рудник на севере будет открыт в следующем году.",
    "kk": "Қазақстан вольфрам қоры бойынша әлемде алдыңғы орындардың бірінде және жаңа кеніш ашылды.",
    "uk": "Країна має великі запаси вольфраму, і рудник на півночі буде відкрито наступного року.",
    "zh": "哈萨克斯坦拥有世界上最大的钨矿储量，美国公司 Cove Kaz Capital 计划投资开发。",
    "ja": "カザフスタンは世界最大級のタングステン埋蔵量を持っている。",
    "ko": "카자흐스탄은 세계 최대 규모의 텅스텐 매장량을 보유하고 있다.",
    "ar": "تمتلك كازاخستان احتياطيات كبيرة من التنغستن",
    "el": "Η χώρα διαθέτει μεγάλα αποθέματα βολφραμίου",
}


@pytest.mark.parametrize("language", TEXTS)
def test_languages(language: str) -> None:
    assert detect_language(TEXTS[language]) == language


def test_a_clear_language_is_named_even_when_it_is_not_among_the_allowed() -> None:
    assert detect_language(TEXTS["ru"], ["en", "de"]) == "ru"
    assert detect_language(TEXTS["fr"] * 2, ["en", "de"]) == "fr"


def test_the_model_decides_among_the_allowed() -> None:
    # Czech has no list of function words here.
    text = "Země má velké zásoby wolframu a nový důl na severu bude otevřen příští rok podle ministerstva."
    assert detect_language(text) == "cs"
    assert detect_language(text, ["cs", "sk"]) == "cs"
    assert detect_language(text, ["nb", "de"]) in ("nb", "de")
    assert detect_language(text, ["zz"]) is not None


def test_what_the_page_states_is_believed_when_words_do_not_speak_against_it() -> None:
    assert detect_language("Wolfram Kobalt Nickel", stated="de") == "de"
    assert detect_language(TEXTS["en"] * 2, stated="de") == "en"
    assert detect_language("12", stated="de") == "de"


@pytest.mark.parametrize("text", ["", "12 345", "—"])
def test_too_little_text_has_no_language(text: str) -> None:
    assert detect_language(text) is None


def test_a_clear_text_does_not_load_the_model() -> None:
    program = (
        "import sys; from lodeclaim.documents.language import detect_language; "
        f"detect_language({TEXTS['nb']!r}); detect_language({TEXTS['de']!r}); sys.exit('py3langid' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=60))
def test_any_short_text_is_survived(text: str) -> None:
    language = detect_language(text, stated="de")
    assert language is None or 2 <= len(language) <= 3
