"""What the rule-based model knows: how intents sound and what is said to each, in English and in Ukrainian.

Rule 1: a pattern is a regular expression over words in small letters; where
several intents fit, the first of the table is meant.
Rule 2: hours, address, delivery and payment are facts of the demonstration;
no answer promises what only the shop can know.
Rule 3: a question that is answered by yes or no begins as one, so that the
ear expects yes or no.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto


class Intent(Enum):
    OPERATOR = auto()
    LIST = auto()
    REPEAT = auto()
    ORDER = auto()
    DELIVERY = auto()
    FITTING = auto()
    ADDRESS = auto()
    HOURS = auto()
    PAYMENT = auto()
    TIRES = auto()
    GOODBYE = auto()
    STOP = auto()
    NO = auto()
    THANKS = auto()
    YES = auto()
    GREETING = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Tongue:
    patterns: Mapping[Intent, str]
    answers: Mapping[Intent, str]
    """To intents that are answered alike wherever they come."""
    seasons: Mapping[str, str]
    """How a season is said, and how it sounds."""
    number: str
    """How a word of a size sounds."""
    ask_season: str
    ask_size: str
    found: str
    """Takes `{season}`."""
    offer_operator: str
    offer_more: str
    go_on: str
    repeated: str
    """Takes `{text}`."""
    unknown: str
    still_unknown: str
    farewell: str
    failed: str
    summary: str
    """Takes `{words}`."""


_MORE = "Is there anything else?"
_CONNECT = "Shall I connect you with an operator?"

ENGLISH = Tongue(
    patterns={
        Intent.OPERATOR: r"operators?|human|person|manager|somebody|someone|agent|consultant|customer service|"
        r"(speak|talk) (to|with)|(connect|transfer|put) me",
        Intent.LIST: r"brands?|whole list|full list|all (the )?(list|tires|models)|models",
        Intent.REPEAT: r"repeat|again|pardon|(not|didn't) (hear|understand|catch|get)|did you say",
        Intent.ORDER: r"(my|an) order\b(?! (some|tires))|order status|status|shipped",
        Intent.DELIVERY: r"deliver\w*|shipping|ship",
        Intent.FITTING: r"fit|fitting|fitted|change|changing|changed|replace\w*|balanc\w+|appointment|book|install\w*",
        Intent.ADDRESS: r"where|address|locat\w+|find you|find your|get to you|get there",
        Intent.HOURS: r"hours?|open|opening|close|closed|closing|schedule",
        Intent.PAYMENT: r"pay|payment|cards?|cash",
        Intent.TIRES: r"tires?|tyres?|wheels?|winter|summer|all season|size",
        Intent.GOODBYE: r"goodbye|good bye|bye|good night|nice day|that is all|that's all|(that is|that's) everything|"
        r"nothing else",
        Intent.STOP: r"stop|wait|hold on|hang on|enough|(one|a) (moment|minute)",
        Intent.NO: r"no|nope|not (now|really)|wrong",
        Intent.THANKS: r"thanks?",
        Intent.YES: r"yes|yeah|yep|sure|okay|ok|correct|right|please",
        Intent.GREETING: r"hello|hi|hey|good (morning|afternoon|evening|day)",
    },
    answers={
        Intent.LIST: "Well known tyre brands are, one by one: Michelin, from France. Continental, from Germany. "
        "Bridgestone, from Japan. Goodyear, from America. Pirelli, from Italy. Nokian, from Finland. "
        "Hankook, from Korea. Yokohama, from Japan. Dunlop, from Britain. Toyo, from Japan. Kumho, from Korea. "
        "Barum, from the Czech Republic. Which one do you like?",
        Intent.ORDER: f"I cannot see orders without the shop's connection, but an operator can. {_CONNECT}",
        Intent.DELIVERY: f"Delivery takes one to three days, and there are pickup points too. {_MORE}",
        Intent.FITTING: "The price of tyre fitting depends on the size of the wheels. "
        f"An operator will tell it and book a time. {_CONNECT}",
        Intent.ADDRESS: f"We are at twelve Main Street, next to the central station. {_MORE}",
        Intent.HOURS: f"We are open every day from nine in the morning to seven in the evening. {_MORE}",
        Intent.PAYMENT: f"You can pay by card, in cash, or online. {_MORE}",
        Intent.STOP: "All right. What would you like to know?",
        Intent.THANKS: f"You are welcome. {_MORE}",
        Intent.GREETING: "Hello! I can help with tyres, fitting, delivery, or our hours and address. What do you need?",
    },
    seasons={"winter": r"winter", "summer": r"summer", "all season": r"all seasons?"},
    number=r"\d+|zero|oh|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty|thirty|forty|"
    r"fifty|sixty|seventy|eighty|ninety|hundred",
    ask_season="Which season do you need them for: winter, summer, or all season?",
    ask_size="The size is written on the side of the tyre, like two hundred five, fifty five, sixteen. "
    "What size do you need?",
    found="I have noted {season} tyres and the size. Prices and stock come with the shop's catalogue, "
    f"which this demonstration does not have. {_CONNECT}",
    offer_operator=_CONNECT,
    offer_more=_MORE,
    go_on="All right. What else can I do for you?",
    repeated="I said: {text}",
    unknown="Sorry, I did not get that. I can help with tyres, fitting, delivery, or our hours and address. "
    "What do you need?",
    still_unknown=f"I am sorry, I still do not understand. {_CONNECT}",
    farewell="Thank you for calling. Goodbye!",
    failed=f"Sorry, that did not work. {_MORE}",
    summary='The caller said: "{words}"',
)

_UK_MORE = "Чи потрібно ще щось?"
_UK_CONNECT = "Чи з'єднати вас з оператором?"

UKRAINIAN = Tongue(
    patterns={
        Intent.OPERATOR: r"оператор\w*|людин\w+|менеджер\w*|консультант\w*|з'єднайте|переключіть|жив\w+ люд\w+",
        Intent.LIST: r"бренд\w*|виробник\w*|весь список|увесь список|повний список|список",
        Intent.REPEAT: r"повтор\w+|ще раз|не (почу\w+|чую|зрозумі\w+)|що ви сказали",
        Intent.ORDER: r"(моє|мого|моїм) замовлення\w*|статус\w*|де замовлення",
        Intent.DELIVERY: r"достав\w+|привез\w+",
        Intent.FITTING: r"шиномонтаж\w*|монтаж\w*|перевзу\w+|переобу\w+|замін\w+|поміня\w+|балансуван\w+|запис\w+",
        Intent.ADDRESS: r"де ви|де (ваш|знаход)\w*|адрес\w*|знаходитесь|знаходитеся|як (вас знайти|доїхати)",
        Intent.HOURS: r"годин\w*|графік\w*|відкрит\w+|зачин\w+|працюєте|коли ви",
        Intent.PAYMENT: r"оплат\w+|платити|заплатити|карт\w+|готівк\w+",
        Intent.TIRES: r"шин\w*|колес\w*|гум\w+|зимов\w+|літн\w+|всесезонн\w+|розмір\w*",
        Intent.GOODBYE: r"до побачення|бувайте|на все добре|всього найкращого|гарного дня|це все|більше нічого",
        Intent.STOP: r"стоп|стій\w*|зачекайте|почекайте|хвилин\w+|досить|зупин\w+",
        Intent.NO: r"ні|нема|не (треба|потрібно|зараз|хочу)|неправильно",
        Intent.THANKS: r"дяку\w+|спасибі",
        Intent.YES: r"так|ага|звісно|авжеж|добре|вірно|правильно|будь ласка",
        Intent.GREETING: r"привіт|вітаю|алло|добрий (день|ранок|вечір)|доброго (дня|ранку|вечора)",
    },
    answers={
        Intent.LIST: "Відомі бренди шин, один за одним: Мішлен, Франція. Континенталь, Німеччина. "
        "Бріджстоун, Японія. Гудієр, Америка. Піреллі, Італія. Нокіан, Фінляндія. Ханкук, Корея. Йокогама, Японія. "
        "Данлоп, Британія. Тойо, Японія. Кумхо, Корея. Барум, Чехія. Який вам до вподоби?",
        Intent.ORDER: f"Без підключення до магазину я не бачу замовлень, але їх бачить оператор. {_UK_CONNECT}",
        Intent.DELIVERY: f"Доставка триває від одного до трьох днів, є також пункти видачі. {_UK_MORE}",
        Intent.FITTING: "Ціна шиномонтажу залежить від розміру коліс. "
        f"Оператор назве її та запише вас на зручний час. {_UK_CONNECT}",
        Intent.ADDRESS: f"Ми на вулиці Центральній, дванадцять, біля вокзалу. {_UK_MORE}",
        Intent.HOURS: f"Ми працюємо щодня з дев'ятої ранку до сьомої вечора. {_UK_MORE}",
        Intent.PAYMENT: f"Платити можна карткою, готівкою або онлайн. {_UK_MORE}",
        Intent.STOP: "Добре. Що саме вас цікавить?",
        Intent.THANKS: f"Нема за що. {_UK_MORE}",
        Intent.GREETING: "Добрий день! Допоможу з шинами, шиномонтажем, доставкою, підкажу адресу й графік. "
        "Що вас цікавить?",
    },
    seasons={"зимові": r"зимов\w+|зим[аиу]", "літні": r"літн\w+|літ[оа]", "всесезонні": r"всесезонн\w+"},
    number=r"\d+|нуль|один|два|дві|три|чотири|п'ять|шість|сім|вісім|дев'ять|десять|\w+надцять|двадцять|тридцять|сорок|"
    r"\w+десят|дев'яносто|сто|двісті|триста",
    ask_season="На який сезон вам потрібні шини: зимові, літні чи всесезонні?",
    ask_size="Розмір написано збоку на шині, наприклад двісті п'ять, п'ятдесят п'ять, шістнадцять. "
    "Який розмір вам потрібен?",
    found="Записала: {season} шини й розмір. Ціни та наявність беруться з каталогу магазину, "
    f"якого в цій демонстрації немає. {_UK_CONNECT}",
    offer_operator=_UK_CONNECT,
    offer_more=_UK_MORE,
    go_on="Добре. Чим ще можу допомогти?",
    repeated="Я сказала: {text}",
    unknown="Перепрошую, я не зрозуміла. Допоможу з шинами, шиномонтажем, доставкою, підкажу адресу й графік. "
    "Що вас цікавить?",
    still_unknown=f"Вибачте, я знову не зрозуміла. {_UK_CONNECT}",
    farewell="Дякую за дзвінок. До побачення!",
    failed=f"Перепрошую, не вийшло. {_UK_MORE}",
    summary="Абонент сказав: «{words}»",
)
