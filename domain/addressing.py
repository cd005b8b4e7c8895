"""How a caller is addressed by his name: `Олександре` for Олександр Іваненко.

Rule 1: a Ukrainian first name stands in the vocative; the surname is left out.
Rule 2: a name that is not known so is said as it stands, if it is one or two words; a longer one is not said.
"""

from domain.hearing.names import UKRAINIAN_NAMES
from domain.phrases import Language

_MOST_WORDS = 2
_IRREGULAR = {
    "Ігор": "Ігорю",
    "Яків": "Якове",
    "Федір": "Федоре",
    "Лев": "Леве",
    "Любов": "Любове",
    "Ілля": "Ілле",
    "Олег": "Олегу",
    "Марк": "Марку",
}
_ENDINGS = (
    ("ія", "іє"),
    ("оя", "оє"),
    ("я", "ю"),
    ("а", "о"),
    ("ко", "ку"),
    ("о", "е"),
    ("й", "ю"),
    ("ь", "ю"),
)
"""The first that fits; after any other consonant comes an `е`."""


def addressed(name: str, language: Language) -> str:
    """Return how somebody of this name is addressed, "" when he had better not be."""
    given = name.replace("’", "'").replace("ʼ", "'").split()
    if language == "uk" and (first := next((word for word in given if word in UKRAINIAN_NAMES), None)):
        return _vocative(first)
    sayable = 0 < len(given) <= _MOST_WORDS and all(word.replace("-", "").replace("'", "").isalpha() for word in given)
    return " ".join(given) if sayable else ""


def _vocative(name: str) -> str:
    if name in _IRREGULAR:
        return _IRREGULAR[name]
    for ending, called in _ENDINGS:
        if name.endswith(ending):
            return name.removesuffix(ending) + called
    return f"{name}е"
