"""What is agreed before the first caller dials."""

from dataclasses import replace

from pytest_bdd import given, parsers

from adapters.memory.scripted_model import Answer
from domain.hand_over import Reason
from domain.phrases import UKRAINIAN
from domain.transcript import ToolCall
from domain.words import words
from features.desk import SHORT_ENGLISH, Agreed
from features.tools import STOCK, BrokenStock, Stock

_HOURS = {"ранок": 8, "день": 13, "вечір": 20, "ніч": 2}


@given("розмова йде англійською")
@given("the conversation is in English")
def _(agreed: Agreed) -> None:
    agreed.phrases, agreed.language, agreed.greeting = SHORT_ENGLISH, "en", "Hello!"


@given(parsers.parse("надворі {part}, і магазин зветься «{shop}», а агентка {agent}"))
def _(agreed: Agreed, part: str, shop: str, agent: str) -> None:
    agreed.greeting = UKRAINIAN.greeting(_HOURS[part], shop=shop, agent=agent)


@given("агент говорить поволі")
def _(agreed: Agreed) -> None:
    agreed.frames_a_word = 8


@given("агент вживає повних фраз")
def _(agreed: Agreed) -> None:
    agreed.phrases = UKRAINIAN


@given(parsers.parse("агент відповість «{text}»"))
@given(parsers.parse('the agent will answer "{text}"'))
def _(agreed: Agreed, text: str) -> None:
    agreed.answers.append(text)


@given(parsers.parse("на слова «{question}» агент відповість «{text}»"))
@given(parsers.parse('to "{question}" the agent will answer "{text}"'))
def _(agreed: Agreed, question: str, text: str) -> None:
    agreed.answers_to[words(question)] = text


@given("агент не знайде, що відповісти")
@given("the agent will find nothing to say")
def _(agreed: Agreed) -> None:
    agreed.answers.append("")


@given(parsers.parse("агент прочитає список із {count:d} пунктів"))
def _(agreed: Agreed, count: int) -> None:
    agreed.answers.append(" ".join(f"Пункт {number}." for number in range(1, count + 1)))


@given(parsers.parse("the agent will read out a list of {count:d} items"))
def _(agreed: Agreed, count: int) -> None:
    agreed.answers.append(" ".join(f"Item {number}." for number in range(1, count + 1)))


@given(parsers.parse("агент скаже «{text}» і покличе оператора"))
@given(parsers.parse('the agent will say "{text}" and call an operator'))
def _(agreed: Agreed, text: str) -> None:
    agreed.answers.append(Answer(text, (_transfer(Reason.CUSTOMER_REQUEST),)))


@given("агент покличе оператора, бо абонент сердиться")
def _(agreed: Agreed) -> None:
    agreed.answers.append(Answer(tool_calls=(_transfer(Reason.NEGATIVE_EMOTION),)))


@given(parsers.parse("на слова «{question}» агент подивиться на склад"))
def _(agreed: Agreed, question: str) -> None:
    agreed.answers_to[words(question)] = Answer(tool_calls=(ToolCall("1", STOCK.name, {}),))


@given("склад відповідає не одразу")
def _(agreed: Agreed) -> None:
    agreed.tools.append(Stock(seconds=0.8))


@given("склад відповідає дуже довго")
def _(agreed: Agreed) -> None:
    agreed.tools.append(Stock(seconds=2.0))


@given("програма складу має помилку")
def _(agreed: Agreed) -> None:
    agreed.tools.append(BrokenStock())


@given("агент недовго чекає мовчазного абонента")
def _(agreed: Agreed) -> None:
    agreed.limits = replace(agreed.limits, silence_seconds=0.4)


@given("the agent is not patient with silence")
def _(agreed: Agreed) -> None:
    agreed.limits = replace(agreed.limits, silence_seconds=0.8)


@given("розмова може тривати лише кілька секунд")
def _(agreed: Agreed) -> None:
    agreed.limits = replace(agreed.limits, call_seconds=1.2)


@given("агент має відповідати за лічені секунди")
@given("an answer may take no more than a moment")
def _(agreed: Agreed) -> None:
    agreed.limits = replace(agreed.limits, turn_seconds=1.8)


@given("агент часто каже, що досі шукає")
def _(agreed: Agreed) -> None:
    agreed.limits = replace(agreed.limits, filler_repeat_seconds=1.0)


@given("телефонна станція старого зразка")
@given("the exchange is an old one")
def _(agreed: Agreed) -> None:
    agreed.asterisk = "20.6"


@given("усі оператори зайняті")
def _(agreed: Agreed) -> None:
    agreed.operators_free = 0


@given("програма веде щонайбільше одну розмову")
def _(agreed: Agreed) -> None:
    agreed.most_calls = 1


def _transfer(reason: Reason) -> ToolCall:
    return ToolCall("1", "transfer_to_operator", {"reason": reason.value, "summary": "Просить людину."})
