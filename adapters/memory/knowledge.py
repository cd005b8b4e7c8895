"""The shop's articles, read from the files beside this one and found by the words they share with a question.

An article has a title, a category, a text, and a line of other words that
callers use for the same thing.  Ukrainian articles are asked in Russian as
well: letters that only differ between the two count as one.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from adapters.memory.faults import Faults
from domain.knowledge import Article, Category
from domain.phrases import Language
from domain.words import words

_ENDINGS: dict[Language, str] = {
    "uk": """
        ування ювання ання ення іння ення уватися ювати увати атися итися ються ється атись ати ити іти яти ути ти
        ться тся ость ості ання ями ами ому ого ими ій ий ої ою ею ові еві ях ах ів їв ев ом ем ам ям ку ка ки ок
        ать ить еть уть ают яют ются ние ния ный ная ное ные ной ных ным ами ешь ишь ует ет ит ов ей ий ый ой ая яя
        ое ее ые ие ую юю ого его а я о е є у ю и і ї ы э ь й
    """,
    "en": "ations ation ings ing ness ments ment ers er ies ied ed es s y e ly",
}
_SILENT: dict[Language, str] = {
    "uk": """
        а або але б без би будь був була в ви вам вас вже воно все для до є же з за зі і й її їх із як який яка яке які
        коли ласка ли мене мені ми можна мої моя на нам нас не ні о по при про скажіть скільки та так там те ти то той
        тут у хочу хто кто це цей цього чи чому ще що щоб щодо ваш ваша ваші порадьте порадити
        и из или как какой какая какие к ко когда меня мне мой моя мы нет но об он она они от подскажите пожалуйста с
        сколько со так такое то тоже только ты у уже что чтобы это этот я есть был надо нужно можно вы посоветуйте
        шина шини шин шину шинами шины резина резину гума гуму колеса
    """,
    "en": """
        a about advise all an and any are as at be by can could do does for from go goes have how i if in is it its me
        my no not of on or our please recommend should tell that the their there they this to us was we what when where
        which who why will with would you your tyre tyres tire tires wheel wheels
    """,
}
_TITLE_WEIGHT, _TEXT_WEIGHT = 2.0, 1.0
_LEAST_SHARE = 0.25  # of the question's weight; less is a chance meeting of words
_STEM_LETTERS = 6
_LEAST_STEM_LETTERS = 3
_FOLDED = str.maketrans("іїйыэєёґ", "ииииееег")


@dataclass(frozen=True, slots=True)
class _Shelved:
    article: Article
    subject: frozenset[str]
    """Stems of the title and of the other words for the same thing."""
    stems: frozenset[str]
    """Stems of the text."""


class InMemoryKnowledge:
    """Fulfils the port `Knowledge`."""

    def __init__(self, language: Language) -> None:
        self._language = language
        self._shelf = _shelf(language)
        seen = Counter(stem for shelved in self._shelf for stem in shelved.subject | shelved.stems)
        self._rarity = {stem: math.log(1 + len(self._shelf) / count) for stem, count in seen.items()}
        self._strange = math.log(1 + len(self._shelf))
        """What a word weighs that no article knows."""
        self.faults = Faults()

    async def search(self, query: str, category: Category | None = None, *, limit: int = 3) -> Sequence[Article]:
        await self.faults.endure()
        asked = _stems(words(query), self._language)
        enough = _LEAST_SHARE * _TITLE_WEIGHT * self._weight(asked)
        found = [
            (-score, len(shelved.subject), shelved.article)
            for shelved in self._shelf
            if category in (None, shelved.article.category) and (score := self._score(asked, shelved)) >= enough > 0
        ]
        found.sort(key=lambda each: each[:2])
        return tuple(article for *_, article in found[:limit])

    def _score(self, asked: Iterable[str], shelved: _Shelved) -> float:
        return sum(
            self._rarity.get(stem, 0.0) * (_TITLE_WEIGHT if stem in shelved.subject else _TEXT_WEIGHT)
            for stem in asked
            if stem in shelved.subject or stem in shelved.stems
        )

    def _weight(self, asked: Iterable[str]) -> float:
        return sum(self._rarity.get(stem, self._strange) for stem in asked)


@cache
def articles(language: Language) -> tuple[Article, ...]:
    return tuple(shelved.article for shelved in _shelf(language))


@cache
def _shelf(language: Language) -> tuple[_Shelved, ...]:
    folder = files("adapters.memory").joinpath("articles")
    papers = sorted((paper for paper in folder.iterdir() if paper.name.endswith(".md")), key=lambda paper: paper.name)
    return tuple(
        _read(paper.read_text(encoding="utf-8"), language)
        for paper in papers
        if paper.name.endswith(".en.md") == (language == "en")
    )


def _read(paper: str, language: Language) -> _Shelved:
    head, _, text = paper.partition("\n\n")
    title, category, also = (line.partition(" ")[2].strip() for line in head.splitlines())
    text = " ".join(text.split())
    return _Shelved(
        Article(title, text, Category(category)),
        subject=_stems(words(f"{title} {also}"), language),
        stems=_stems(words(text), language),
    )


def _stems(spoken: Iterable[str], language: Language) -> frozenset[str]:
    silent, endings = _tables(language)
    return frozenset(_stem(word, endings) for word in spoken if word not in silent)


def _stem(word: str, endings: Sequence[str]) -> str:
    folded = re.sub(r"['ьъ]", "", word.translate(_FOLDED))
    for ending in endings:
        if folded.endswith(ending) and len(folded) - len(ending) >= _LEAST_STEM_LETTERS:
            folded = folded.removesuffix(ending)
            break
    return folded[:_STEM_LETTERS]


@cache
def _tables(language: Language) -> tuple[frozenset[str], tuple[str, ...]]:
    """Return the words that say nothing of the subject, and the endings, the longest first."""
    endings = {ending.translate(_FOLDED).replace("ь", "") for ending in _ENDINGS[language].split()} - {""}
    return frozenset(_SILENT[language].split()), tuple(sorted(endings, key=lambda ending: (-len(ending), ending)))
