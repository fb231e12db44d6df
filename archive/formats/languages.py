"""Languages: their names in words, and their codes as library standards want them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.utils.translation import get_language_info

THREE_LETTERS = {
    "ar": "ara", "az": "aze", "be": "bel", "bg": "bul", "bn": "ben", "cs": "ces", "da": "dan", "de": "deu",
    "el": "ell", "en": "eng", "es": "spa", "et": "est", "fa": "fas", "fi": "fin", "fr": "fra", "ga": "gle",
    "he": "heb", "hi": "hin", "hr": "hrv", "hu": "hun", "hy": "hye", "id": "ind", "is": "isl", "it": "ita",
    "ja": "jpn", "ka": "kat", "kk": "kaz", "km": "khm", "ko": "kor", "ky": "kir", "lo": "lao", "lt": "lit",
    "lv": "lav", "mn": "mon", "ms": "msa", "mt": "mlt", "my": "mya", "nb": "nob", "ne": "nep", "nl": "nld",
    "no": "nor", "pl": "pol", "ps": "pus", "pt": "por", "ro": "ron", "ru": "rus", "si": "sin", "sk": "slk",
    "sl": "slv", "sq": "sqi", "sr": "srp", "sv": "swe", "sw": "swa", "ta": "tam", "tg": "tgk", "th": "tha",
    "tk": "tuk", "tl": "tgl", "tr": "tur", "uk": "ukr", "ur": "urd", "uz": "uzb", "vi": "vie", "zh": "zho",
}  # fmt: skip


def three_letters(tag: str) -> str:
    """ISO 639-2/T code of a BCP 47 tag’s language; “und” for a two-letter one that we do not know."""
    language = tag.partition("-")[0].lower()
    return THREE_LETTERS.get(language, language if len(language) == 3 else "und")


def language_name(tag: str) -> str:
    """The language in words; a tag that has none stays as it is."""
    try:
        return str(get_language_info(tag)["name_translated"])
    except KeyError:
        return tag


WRITTEN = (
    (re.compile(r"[\u3040-\u30ff]"), "ja", ("ja",)),
    (re.compile(r"[\uac00-\ud7af]"), "ko", ("ko",)),
    (re.compile(r"[\u3400-\u9fff]"), "und-Hani", ("ja", "zh", "ko")),
    (re.compile(r"[\u0400-\u052f]"), "und-Cyrl",
     ("ru", "kk", "ky", "tg", "uz", "mn", "tk", "az", "uk", "be", "bg", "sr", "mk")),
    (re.compile(r"[\u0600-\u06ff]"), "und-Arab", ("ar", "fa", "ps", "ur")),
)  # fmt: skip
"""Letters that are not ours; what they tell by themselves, and the languages that are written in them."""


def language_of(words: str, likely: Iterable[str]) -> str:
    """BCP 47 tag of a title: English, or where other letters stand in it the first of the likely languages that is
    written in them; else their script alone is named."""
    for letters, alone, written in WRITTEN:
        if letters.search(words):
            return next((one for one in likely if one.partition("-")[0] in written), alone)
    return "en"
