"""How intents sound, in the languages of the callers.

Rule: a pattern is a regular expression over words in small letters; where
several intents fit, the first of the table is meant.
"""

import re
from enum import Enum, auto

from adapters.offline.rules.figures import figures
from domain.words import words


class Intent(Enum):
    WHO = auto()
    ROLE = auto()
    """About the agent itself: its instructions, its role."""
    CALLBACK = auto()
    OPERATOR = auto()
    RUDE = auto()
    COMPLAINT = auto()
    LIST = auto()
    REPEAT = auto()
    RESCHEDULE = auto()
    CANCEL = auto()
    MY_BOOKINGS = auto()
    STORAGE = auto()
    ORDER = auto()
    """About an order that is made."""
    OFF_TOPIC = auto()
    STOCK = auto()
    """How many there are."""
    PRICE = auto()
    FITTING = auto()
    ADVICE = auto()
    DELIVERY = auto()
    ADDRESS = auto()
    HOURS = auto()
    PAYMENT = auto()
    CHEAPER = auto()
    OTHERS = auto()
    BUY = auto()
    TIRES = auto()
    PROFILE = auto()
    GOODBYE = auto()
    STOP = auto()
    UNSURE = auto()
    NO = auto()
    THANKS = auto()
    YES = auto()
    GREETING = auto()


TIRES = (
    r"шин(и|у|а|ам|ами|ах|ок|ка|ки)?|покриш\w+|покрыш\w+|скат(и|ів|а)?|резин(а|у|ы|и|ка|ку|ки|ой)|гум(а|у|и|і|ою)|"
    r"кол[іеёо]с(а|о|ам|ами)?|(?<!запасне )тапки|tires?|tyres?|wheels?"
)
_PATTERNS = {
    Intent.WHO: (
        r"(ти|ви|ты|вы) (\w+ )?(робот|бот|машина|автомат|людина|человек|жива|живий|живая)|(хто|кто) (ти|ви|ты|вы|"
        r"це|это)|як (тебе|вас) (звати|звуть)|как (тебя|вас) зовут|(я )?(розмовляю|говорю) з (роботом|людиною|"
        r"ботом)|are you (a |an )?(robot|human|machine|real|person)|who are you|what is your name"
    ),
    Intent.ROLE: (
        r"(твої|твоїх|ваші|ваших|свої|своїх|твои|твоих|ваши|ваших|попередні|всі|все|your|previous|"
        r"all) (\w+ )?(інструкц\w+|инструкц\w+|вказівк\w+|правила|instructions|rules)|інструкц\w+|инструкц\w+|"
        r"промпт\w*|prompt|забудь\w*|(ти|ты) (тепер|теперь|не|вже не|уже не) \w+|(тепер|теперь) (ти|ты)|уяви\w*|"
        r"представь\w*|прикинься|притвор\w+|удай\w*|чат ?(гпт|gpt)|chatgpt|нейромереж\w*|нейросет\w*|instructions|"
        r"pretend|ignore|you are now|system message|language model"
    ),
    Intent.CALLBACK: (
        r"(пере|зате|най)?дзвон(іть|и|ять|ите)( мені)?|передзвон\w+|перезвон\w+|зателефону\w+|наберіть мене|"
        r"замов\w+ дзвінок|call me( back)?|call back|callback|ring me"
    ),
    Intent.OPERATOR: (
        r"оператор\w*|людин(а|и|у|і|ою)|человек\w*|менеджер\w*|консультант\w*|з'єднайте|зєднайте|соедини\w*|"
        r"переключ\w+|переведіть|переведите|жив\w+ (людин|челов|оператор)\w+|operators?|human|person|manager|"
        r"somebody|someone|agent|consultant|customer service|(speak|talk) (to|with)|(connect|transfer|put) me"
    ),
    Intent.RUDE: (
        r"дурн(а|ий|і|е|ая|ой|ые)|дур(а|ень|ак)|ідіот\w*|идиот\w*|дебіл\w*|дебил\w*|туп(а|ий|ая|ой|і|ые|е)|(за|"
        r"до)їба\w+|бісить|бесит\w*|задовба\w+|заколеба\w+|достали|дістали|чорт\w*|хрін\w*|хрен\w*|бляха?|йди ти|"
        r"заткни\w*|stupid|idiots?|damn|shut up"
    ),
    Intent.COMPLAINT: (
        r"скарг\w+|скаржи\w+|жалоб\w+|жалова\w+|поскаржи\w+|пожал\w+|неподобств\w+|безобраз\w+|жахлив\w+|ужас\w*|"
        r"обурен\w*|возмущ\w+|обман\w+|обдури\w+|бракован\w+|брак|(поверніть|верніть|верните) (мені |мне )?(гроші|"
        r"деньги)|зіпсув\w+|испорт\w+|complain\w*|terrible|awful|unacceptable|angry|disgusting"
    ),
    Intent.LIST: (
        r"бренд(и|ів|ы|ов)|виробник(и|ів)|производител(и|ей)|(весь|увесь|повний|полный) список|список|які (фірми|"
        r"марки) (є|шин)|brands|whole list|full list|all (the )?(list|tires|models)|models"
    ),
    Intent.REPEAT: (
        r"повтор\w+|ще раз|еще раз|ещё раз|не (почу\w+|чую|чув|чула|розчу\w+|зрозумі\w+|поня\w+|расслыш\w+|слышу)|"
        r"що ви сказали|что вы сказали|repeat|again|pardon|(not|didn't) (hear|understand|catch|get)|did you say"
    ),
    Intent.RESCHEDULE: (
        r"перенес\w+|перенест\w+|перезапис\w+|пересун\w+|на інш\w+ (день|час|дату)|на друг(ой|ое) (день|время)|"
        r"reschedule|(change|move|shift)( \w+)? (booking|appointment|time)|move (my|the)( \w+)?|another (day|time)"
    ),
    Intent.CANCEL: (r"скасу\w+|відмін\w+|отмен\w+|відмовля\w+|cancel\w*"),
    Intent.MY_BOOKINGS: (
        r"(мій|мої|моїх|моєму|моя|мой|мои|моей|моїй) (\w+ )?(запис\w*|брон\w*|визит\w*|візит\w*)|(я|ми|"
        r"мы) (\w+ )?(записан|записаний|записана|записані|записался|записалась|записався|записалася)|(коли|когда|"
        r"чи) (\w+ )?(записан|записаний|записана)( я)?|my (\w+ )?(bookings?|appointments?)|when am i booked"
    ),
    Intent.STORAGE: (
        r"зберіган\w+|зберіга\w+|хранени\w+|хран(ю|ите|ятся|ить)|сховищ\w+|сезонн\w+ зберіг\w+|(моя|мої|"
        r"мои) (резина|шини|шины|колеса) (у вас|на складі|на складе)|stor(age|ed|ing)"
    ),
    Intent.ORDER: (
        r"(коли|когда) (\w+ )?(приїд\w+|прийд\w+|приед\w+|прибуд\w+)|"
        r"(моє|мого|моєму|моїм|мои|моего|моему|мое|моё|мой|свого|своє|мої) (\w+ )?(замовлен\w+|заказ\w*|"
        r"посилк\w+)|статус\w*|(де|где) (\w+ )?(замовлен\w+|заказ\w*|посилк\w+|посылк\w+|мої шини)|(що|что|шо) (з|"
        r"с|із|по) (\w+ )?(замовлен\w+|заказ\w*)|(по|про|за) (\w+ )?(замовлен\w+|заказ\w*)|номер\w* (замовлен\w+|"
        r"заказ\w*)|замовлення (номер|\d)\w*|заказ (номер|\d)\w*|(я|ми) (замовляв|замовляла|замовив|замовила|"
        r"замовляли|заказывал|заказал\w*)|(my|an) order\b(?! (some|tires))|order (status|number)|status|shipped"
    ),
    Intent.OFF_TOPIC: (
        r"погод\w+|політик\w*|политик\w*|президент\w*|анекдот\w*|вірш\w*|стих\w*|рецепт\w*|борщ\w*|футбол\w*|"
        r"(курс )?долар\w*|(курс )?доллар\w*|гороскоп\w*|піц(а|у|и)|пицц\w+|квитк\w+|білет\w*|билет\w*|таксі|"
        r"такси|фільм\w*|фильм\w*|кредит\w*|weather|football|jokes?|poems?|recipe|politics|pizza|movie|president"
    ),
    Intent.STOCK: (
        r"скільки (\w+ )?(є|лишилось|залишилось|залишилося|в наявності|на складі|всього|разом)|"
        r"сколько (\w+ )?(есть|осталось|всего)|(в|у) (наявності|наличии)|яка сума|"
        r"how many (are there|do you have|are left)|in stock"
    ),
    Intent.PRICE: (
        r"скільки (\w+ )?(кошту\w+|буде|візьмете)|скоко|сколько (\w+ )?(сто\w+|будет)|цін(а|у|и|і)|цен(а|у|ы)|"
        r"почім|почем|вартість|стоимость|розцінк\w+|прайс\w*|how much|prices?|costs?"
    ),
    Intent.FITTING: (
        r"шиномонтаж\w*|монтаж\w*|перевз\w+|переоб\w+|пере(бути|буть)ся|балансув\w+|балансир\w+|запис(ати|атися|"
        r"атись|ать|аться)( мене| меня)?|(запиши|запишіть|запишите) (мене|меня|нас|машину|на)|(замін\w+|поміня\w+|"
        rf"поменя\w+|міняти|менять|зняти|снять|поставити|поставить)( мені| мне)? (\w+ )?({TIRES})|(the |my )?fit|"
        r"fitting|fitted|(change|changing|changed|replac\w+)( my| the| some| four)?( \w+)? (tires?|tyres?|"
        r"wheels?)|tire chang\w+|balanc\w+|appointment|"
        r"book (me|a|an|the|my)?( tire)? ?(fitting|time|change|visit|appointment)|install\w*"
    ),
    Intent.ADVICE: (
        r"(чи|можно|можна) (\w+ )?(міняти|менять|ставити|ставить|їздити|ездить|обов'язков\w+|обязательн\w+|варто|"
        r"стоит)|порад\w+|порай\w+|посовет\w+|підкажіть (яка|які|який|чим|чи)|(що|что|шо|яка|які|який|какие|"
        r"какая) (\w+ )?(кращ\w+|лучше|краще)|різниц\w+|разниц\w+|відрізня\w+|отлича\w+|(коли|"
        r"когда) (\w+ )?(міняти|менять|переходити|переходить|перевзувати\w*)|гаранті\w+|гаранти\w+|повернен\w+|"
        r"повернути|возврат\w*|вернуть|тиск\w*|давлен\w+|знижк\w+|скидк\w+|акці\w+|акци\w+|recommend\w*|advice|"
        r"advise|difference|better|warranty|return|pressure|discounts?"
    ),
    Intent.DELIVERY: (r"достав\w+|привез\w+|пересил\w+|відправ\w+|deliver\w*|shipping|ship"),
    Intent.ADDRESS: (
        r"де ви|где вы|де (ваш|знаход)\w*|(ваша|вашу|яка|какая) адрес\w*|знаходитес\w*|находитесь|як (вас знайти|"
        r"доїхати|до вас)|как (вас найти|проехать)|where (are|is|can)( \w+)*|your (address|location)|locat\w+|"
        r"find you|find your|get to you|get there"
    ),
    Intent.HOURS: (
        r"графік\w*|график\w*|(до )?котрої (години )?(ви|працю\w+)|до скольки|відкрит(і|о)|зачинен\w*|(коли|когда|"
        r"як|как|чи) (ви )?(\w+ )?(працю\w+|работа\w+|відкри\w+|зачиня\w+)|працюєте|работаете|коли ви|hours|open|"
        r"opening|close|closed|closing|schedule"
    ),
    Intent.PAYMENT: (
        r"(як|как|чи|можна|можно) (\w+ )?(оплат\w+|плат\w+|заплат\w+|розрах\w+|рассчит\w+)|оплата|розстрочк\w+|"
        r"рассрочк\w+|(can|could|how can|how do) i pay|payment|accept|pay"
    ),
    Intent.CHEAPER: (
        r"(по|най)?дешевш\w*|(по)?дешевл\w+|бюджет\w+|недорог\w+|дорогувато|дорого\w*|дорог(і|ие)|cheap\w*|"
        r"expensive|less money"
    ),
    Intent.OTHERS: (
        r"інш(і|ий|их|е|а)( варіант\w*| шин\w*)?|друг(ие|ое) варіант\w*|(ще|еще|ещё) (щось|що|варіант\w*|"
        r"вариант\w*|є|есть|які|какие|шось)|(other|another|different)( \w+)?|anything else in|what else|"
        r"more options"
    ),
    Intent.BUY: (
        r"куп(ити|ить|лю|ляю|ляти|ую|увати|имо)|придбати|замов(ити|ляю|лю|ляти|те|имо)|заказ(ать|ываю|ать бы)|"
        r"беру|берем(о)?|візьм\w+|возьм\w+|оформ(и|іть|ити|лю|ляй|ляємо|ляйте|ить|ите|ляем|лює\w*)|buy|order|(i|"
        r"we)( will|'ll)? take|(take|give me) (them|these|those|it|the|a|four|two)|purchase"
    ),
    Intent.TIRES: (
        rf"{TIRES}|з[иі]мов\w+|зимн\w+|літн\w+|летн\w+|всесезон\w+|розмір\w*|размер\w*|winter|summer|all season|"
        r"size"
    ),
    Intent.PROFILE: (
        r"(мене|меня) (звати|зовут|звуть)|моє ім'я|мое имя|запам'ятай\w*|запомни\w*|my name is|remember (my|"
        r"that)( \w+)?"
    ),
    Intent.GOODBYE: (
        r"до побачення|до свидания|бувайте|прощавайте|пока|на все добре|всього (найкращого|доброго)|"
        r"всего (доброго|хорошего)|гарного дня|хорошего дня|це все|это все|більше нічого|больше ничего|goodbye|"
        r"good bye|bye|good night|nice day|that is all|that's all|(that is|that's) everything|nothing else"
    ),
    Intent.STOP: (
        r"стоп|стій\w*|стой\w*|стривайте|зачекайте|почекайте|чекайте|подожди\w*|погодь\w*|хвилин(ку|у|очку)|"
        r"минут(ку|очку)|досить|хватит|зупин\w+|stop|wait|hold on|hang on|enough|(one|a) (moment|minute)"
    ),
    Intent.UNSURE: (
        r"не (знаю|пам'ятаю|помню|впевнен\w*|уверен\w*)|без поняття|без понятия|хз|(don't|do not) know|not sure|"
        r"no idea"
    ),
    Intent.NO: (
        r"ні|нє|нєа|неа|нет|нема|не (треба|потрібно|надо|нужно|зараз|хочу|так|вірно|буду)|неправильно|no|nope|"
        r"not (now|really)|wrong|don't"
    ),
    Intent.THANKS: (r"дяку\w+|спасибі|спасибо|дякі|thanks?"),
    Intent.YES: (
        r"так|да|ага|угу|звісно|звичайно|конечно|авжеж|добре|гаразд|хорошо|вірно|верно|правильно|підтверджую|"
        r"подтверждаю|давай(те)?|згод(ен|на)|согласн?(ен|на)|окей|ок|підходить|подходит|норм|можна|yes|yeah|yep|"
        r"sure|okay|ok|correct|right|confirm|please|будь ласка|пожалуйста"
    ),
    Intent.GREETING: (
        r"привіт|привет|вітаю|алло|ало|слухаю|(добрий|добрый) (день|ранок|вечір|вечер)|доброго (дня|ранку|вечора)|"
        r"здрастуйте|здравствуйте|hello|hi|hey|good (morning|afternoon|evening|day)"
    ),
}
_COMPILED = {intent: re.compile(rf"(?<!\S)(?:{pattern})(?!\S)") for intent, pattern in _PATTERNS.items()}
_SIZE = re.compile(r"(?<!\S)[1-3]\d\d(?: \D{1,5})? [2-9]\d(?: \D{1,6})*? (?:1[2-9]|2[0-4])(?!\S)")


def intents_in(text: str) -> dict[Intent, int]:
    """Return what these words want, and at which letter; the first is meant."""
    spoken = " ".join(words(text))
    found = {intent: match.start() for intent, sound in _COMPILED.items() if (match := sound.search(spoken))}
    if Intent.TIRES not in found and _SIZE.search(figures(text)):
        found[Intent.TIRES] = 0
    return found


def intent_of(text: str) -> Intent | None:
    """Return what these words want, if it is known."""
    return next(iter(intents_in(text)), None)
