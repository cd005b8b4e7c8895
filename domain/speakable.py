"""What a caller never hears, whatever the model writes: markup, code, data, ids, notes to itself, stage directions."""

import re

_FENCE = re.compile(r"```.*?(?:```|$)", re.S)
_INTERNAL = re.compile(
    r"<(think\w*|analysis|reasoning|reflection|scratchpad|plan|tool\w*|function\w*|invoke|code|script)\b[^<>]*>"
    r".*?(?P<close></\1\s*>|$)",
    re.S | re.I,
)
_DATA = re.compile(r"\{[^{}]*\}|\[[^\[\]]*\]|\{[^{}]*[:\"][^{}]*$")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>|<[а-яіїєґ'’ _]+>", re.I)
_LINK = re.compile(r"\[([^\[\]]+)\]\([^()]*\)|https?://\S+")
_ID = re.compile(r"\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b|\b\w+_\w+\(.*?\)|\b[a-z]+(?:_[a-z0-9]+)+\b")
_BULLET = re.compile(r"^\s*(?:[-*•+]|#{1,6}|>)\s+", re.M)
_CHECKBOX = re.compile(r"^\s*(?:[-*•>]\s*)*\[[ xXхХ✓✔]?\].*?$", re.M)
_EMPHASIS = re.compile(r"[*`#|~]+|(?<!\w)_+|_+(?!\w)")
_SPACES = re.compile(r"\s+")

_LINE_START = r"(?:^|(?<=[.!?…\n]))\s*(?:[-*•>#]+\s*|\[[ xX]?\]\s*)*\**"
_NOTE_TO_ITSELF = re.compile(
    _LINE_START
    + r"(?:(?:крок|шаг|step)\s*\d+|(?:мій |мой |my )?(?:внутрішній |внутренний |internal )?(?:план|plan|чек-?лист"
    r"|checklist)"
    r"|(?:думка|думки|роздуми|міркування|мысль|мысли|размышления|thoughts?|thinking|reasoning|analysis|аналіз|анализ)"
    r"|(?:дія|действие|action(?: input)?|спостереження|наблюдение|observation|виклик(?: інструмент\w*)?"
    r"|вызов(?: инструмент\w*)?|tool(?: call| result)?|result)"
    r"|(?:система|system|інструкці\w+|инструкци\w+|instructions?|контекст|context|нотатк\w+|примітк\w+|примечани\w+"
    r"|заметк\w+|note(?: to self)?|todo)"
    r"|(?:перевірити|проверить|verify|check)(?: себе| себя| myself)?)\**\s*:.*?(?=\n|$)",
    re.I,
)
_SPEAKER = re.compile(
    _LINE_START + r"(?:відповідь|ответ|(?:final )?answer|response|агент|agent|assistant|асистент|олена|оператор|бот"
    r"|bot)\**\s*:\s*\**\s*",
    re.I,
)
_STAGE_WORDS = (
    r"(?:пауза|сміється|сміюся|посміхається|посміхаюся|усміхається|зітхає|мовчить|мовчання|чекає|чекаю|шукає|шукаю"
    r"|думає|думаю|тихо|весело|спокійно"
    r"|друкує|перевіряє|записує|слухає|привітно|лагідно|смеется|улыбается|улыбаюсь|вздыхает|молчит|молчание|ждет"
    r"|ждёт|жду|ищет|ищу|думает|спокойно"
    r"|проверяет|записывает|pause[sd]?|pausing|laugh\w*|smil\w+|sigh\w*|silence|wait\w*|search\w*|think\w*|check\w*"
    r"|typing|types|softly"
    r"|cheerfully|warmly|short pause|beat)"
)
_STAGE_DIRECTION = re.compile(
    rf"\(\s*[^()]{{0,30}}?\b{_STAGE_WORDS}\b[^()]{{0,40}}\)"
    rf"|(?<!\*)\*\s?(?:[^*\n]{{0,30}}?\s)?{_STAGE_WORDS}\b[^*\n]{{0,40}}\*(?!\*)"
    r"|(?<!\*)\*(?:[a-zа-яіїєґ']+\s){0,3}[а-яіїєґ']+(?:ється|ться|ється|ется|ится)(?:\s[a-zа-яіїєґ']+){0,3}\*(?!\*)",
    re.I,
)
_PLACEHOLDER = re.compile(r"%\(?\w*\)?s\b|\$\{\w+\}|\$[a-z_]\w*|(?<!\w)_{3,}(?!\w)")
_BRACKETED_HANDLE = re.compile(r"[(\[]\s*(?:ID\s*[:=]?\s*)?[TSPLB]\d{1,2}(?:\s*,\s*[TSPLB]\d{1,2})*\s*[)\]]")
_HANDLE = re.compile(r"(?<![\w-])[TSPLB]\d{1,2}(?![\w-])")
_NAME_BEFORE = re.compile(r"(?P<name>[A-ZА-ЯІЇЄҐ][\w'’-]{2,})\s$")
_NO_NAMES = frozenset(
    """
    варіант варіанти слот слоти станція станції шина шини модель товар пункт запис бронювання
    вариант варианты слоты станция шины запись option slot station tire tyre tires point booking product
    """.split()
)
_EMPTY_BRACKETS = re.compile(r"\(\s*[,;:]*\s*\)")
_LOOSE = re.compile(r"^\s*[:—–=,;-]+\s+")


def is_open(text: str) -> bool:
    """Whether the text ends within something unspeakable, so that it must not be cut here."""
    unclosed = any(not internal["close"] for internal in _INTERNAL.finditer(text))
    noting = any(note.end() == len(text) for note in (*_NOTE_TO_ITSELF.finditer(text), *_CHECKBOX.finditer(text)))
    return unclosed or noting or text.count("```") % 2 == 1 or text.count("{") > text.count("}")


def speakable(text: str) -> str:
    """Return the words of a clause that may be spoken, "" when there are none."""
    text = _FENCE.sub(" ", text)
    text = _INTERNAL.sub(" ", text)
    text = _CHECKBOX.sub(" ", text)
    text = _LINK.sub(lambda link: link.group(1) or "", text)
    text = _NOTE_TO_ITSELF.sub(" ", text)
    text = _SPEAKER.sub(" ", text)
    text = _STAGE_DIRECTION.sub(" ", text)
    text = _BULLET.sub("", _PLACEHOLDER.sub(" ", _TAG.sub(" ", text)))
    while (without := _DATA.sub(" ", text)) != text:
        text = without
    text = _HANDLE.sub(_without_handle, _BRACKETED_HANDLE.sub(" ", _ID.sub(" ", text)))
    text = _EMPHASIS.sub("", _EMPTY_BRACKETS.sub(" ", text))
    text = _LOOSE.sub("", _SPACES.sub(" ", text)).strip()
    return text if any(character.isalnum() for character in text) else ""


def _without_handle(handle: re.Match[str]) -> str:
    """Keep what is part of a name: "Volvo S60", "Ventus S1"."""
    named = _NAME_BEFORE.search(handle.string[: handle.start()])
    return handle.group() if named is not None and named["name"].lower() not in _NO_NAMES else " "
