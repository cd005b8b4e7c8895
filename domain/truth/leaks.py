"""Reading what no agent of the shop says: that it is a model, what it was told, another role, a gap to be filled."""

import re

from domain.truth.claim import Claim, Kind
from domain.truth.reading import Reading, choices

_LEAKS = re.compile(
    choices(
        r"""
    \bяк (?:велика )?(?:мовна модель|штучний інтелект|ші)\b
    \bкак (?:большая )?(?:языковая модель|искусственный интеллект|ии)\b
    \bя\s*[—–-]?\s*(?:лише |всього лише |просто |всего лишь )?(?:велика |большая )?(?:мовна|языковая) модель\b
    \bas an? (?:large )?(?:ai|language model|llm)\b|\b(?:i'm|i am) (?:just |only )?an? (?:ai |large )?language model\b
    \b(?:chatgpt|openai|anthropic|deepseek|gpt-?\d\w*|claude|llm)\b|\bмовн\w+ модел\w+ (?:від|компанії)\b
    \b(?:системн\w+|system) (?:промпт\w*|prompts?|повідомленн\w*|сообщени\w*|message)\b|\bпромпт\w*
    \b(?:мої|мои|my) (?:системні |системные |system )?(?:інструкції|инструкции|instructions|guidelines)\s*(?:[:—–-]
    |такі|говорять|кажуть|звучать)
    \b(?:мої|мои|my) (?:system )?(?:інструкції|инструкции|instructions|guidelines) (?:вимаг|заборон|такие|говор|гласят
    |треб|are|say|tell|state|forbid)
    \b(?:згідно з|відповідно до|за|согласно|according to|per) (?:моїми|моїх|моим|моими|мої|my) (?:інструкці\w+
    |инструкци\w+|instructions|guidelines)
    \b(?:мені|мне) (?:наказано|наказали|приказано|велено|доручено|вказано|указано)\b
    \bi (?:was|am|have been) (?:instructed|programmed|prompted|told) (?:to|not)\b
    \b(?:you are|ти|ты) (?:— |– |- |an? )?(?:helpful|voice|голосов\w+) (?:assistant|agent|асистент\w*|помічни\w+
    |агент\w*|помощни\w+)\b
    \b(?:ігнорую|игнорирую|ignoring) (?:всі |усі |все |all |any )?(?:попередні|предыдущие|previous|prior)\b
    \b(?:тепер|відтепер|теперь|отныне|from now on,?|now) (?:я|i am|i'm) (?:— |- )?(?:(?:твій|ваш|твой
    |your|an?) )?(?:пірат|пират|pirate|dan\b|хакер|hacker|психолог|лікар|врач|doctor
    |адвокат|юрист|lawyer|програміст|программист)
    \b(?:token limit|context window|контекстн\w+ вікн\w+|tool call|виклик\w* інструмент\w*|вызов\w* инструмент\w*
    |function call)\b
    \b(?:інструкці\w+|инструкци\w+|instructions?) (?:забороня\w+|запреща\w+|forbids?|не дозволя\w+|велить
    |велят) (?:мені|мне|me)\b
    [XХ]{3,}|\bXX:XX\b|\b[NXХ]\s+(?:грн|гривень|uah|штук)\b
        """
    ),
    re.I,
)


def read_leaks(reading: Reading) -> None:
    reading.take(_LEAKS, lambda match: [Claim(kind=Kind.LEAK, text=match.group(), value=None)])
