"""What callers name: brands, cars, cities, seasons, ways to get and to pay, days; and how each sounds."""

import re
from collections.abc import Mapping

BRANDS: Mapping[str, str] = {
    "Michelin": r"мішлен\w*|мишлен\w*|мішелін\w*|michelin",
    "Continental": r"конт[иі]ненталь?\w*|контік\w*|continental",
    "Bridgestone": r"бр[іи]джстоун\w*|bridgestone",
    "Goodyear": r"гуд[іи]єр\w*|гуд[іи]ер\w*|гудеар\w*|goodyear",
    "Pirelli": r"п[іи]рел+[іи]\w*|pirelli",
    "Nokian": r"нок[іи]ан\w*|ноки\w+|nokian",
    "Hankook": r"ханкук\w*|hankook",
    "Yokohama": r"йокогам\w*|йокохам\w*|yokohama",
    "Dunlop": r"данлоп\w*|dunlop",
    "Toyo": r"тойо|toyo",
    "Kumho": r"кумхо|kumho",
    "Nexen": r"нексен\w*|nexen",
    "Barum": r"барум\w*|barum",
    "Matador": r"матадор\w*|matador",
    "Premiorri": r"прем[іи]ор+[іи]\w*|premiorri",
    "Rosava": r"росав\w*|rosava",
    "Triangle": r"тр[аи]йангл\w*|триангл\w*|трайнгл\w*|triangle",
    "Debica": r"дебіц\w*|дембіц\w*|дебиц\w*|debica",
    "Kleber": r"клебер\w*|kleber",
    "Sava": r"сав(а|у|и)|sava",
    "Firestone": r"файрстоун\w*|фаєрстоун\w*|firestone",
    "BFGoodrich": r"бі ?еф ?гудріч\w*|гудріч\w*|bfgoodrich|goodrich",
    "Falken": r"фалкен\w*|falken",
    "Laufenn": r"лауфен+\w*|laufenn",
    "Uniroyal": r"юн[іи]ро[яй]ал?\w*|uniroyal",
    "Gislaved": r"г[іи]славед\w*|gislaved",
    "Tigar": r"тіга?р\w*|tigar",
    "Sailun": r"сайлун\w*|sailun",
}
CARS: Mapping[str, str] = {
    "Toyota": r"тойот\w*|таёт\w*|toyota",
    "Volkswagen": r"фольксваген\w*|вольксваген\w*|фольц\w*|volkswagen",
    "Skoda": r"шкод\w*|skoda",
    "Renault": r"рено|renault",
    "Hyundai": r"х[ую]нд[ае]й\w*|хюнда[іи]|х[юу]нда\w+|hyundai",
    "Kia": r"кіа|киа|кія|kia",
    "BMW": r"бмв|бемве|беху|bmw",
    "Audi": r"ауд[іи]\w*|audi",
    "Ford": r"форд\w*|ford",
    "Nissan": r"н[іи]с+ан\w*|nissan",
    "Mazda": r"мазд\w*|mazda",
    "Honda": r"хонд\w*|honda",
    "Opel": r"опел\w*|opel",
    "Mercedes-Benz": r"мерседес\w*|мерс|mercedes\w*",
    "Mitsubishi": r"м[іи]цуб[іи]с[іи]\w*|mitsubishi",
    "Chevrolet": r"шевроле\w*|chevrolet",
    "Peugeot": r"пежо|peugeot",
    "Daewoo": r"деу|део|daewoo",
    "Lada": r"лад(а|у|и)|жигул\w*|ваз|lada",
    "Suzuki": r"сузук[іи]|suzuki",
    "Dacia": r"дач[іи][яюи]|dacia",
    "Subaru": r"субару|subaru",
    "Lexus": r"лексус\w*|lexus",
    "Tesla": r"тесл\w*|tesla",
}
MODELS: Mapping[str, str] = {
    "Corolla": r"корол+\w*|corolla",
    "Camry": r"камр[іи]|camry",
    "RAV4": r"рав ?4|рав чотири|rav ?4|rav four",
    "Land Cruiser": r"ленд ?крузер\w*|land cruiser",
    "Yaris": r"яр[іи]с\w*|yaris",
    "Golf": r"гольф\w*|golf",
    "Passat": r"пас+ат\w*|passat",
    "Polo": r"поло|polo",
    "Tiguan": r"т[іи]гуан\w*|tiguan",
    "Jetta": r"джет+\w*|jetta",
    "Octavia": r"октав[іи]\w*|octavia",
    "Fabia": r"фаб[іи]\w*|fabia",
    "Superb": r"суперб\w*|superb",
    "Kodiaq": r"кодіак\w*|kodiaq",
    "Logan": r"логан\w*|logan",
    "Duster": r"дастер\w*|duster",
    "Megane": r"меган\w*|megane",
    "Sandero": r"сандеро|sandero",
    "Tucson": r"тусон\w*|туксон\w*|tucson",
    "Accent": r"ак[цс]ент\w*|accent",
    "Elantra": r"елантр\w*|элантр\w*|elantra",
    "Santa Fe": r"санта ?фе|santa fe",
    "Sportage": r"спортаж\w*|спортейдж\w*|sportage",
    "Ceed": r"с[іи]д|ceed",
    "Rio": r"р[іи]о|rio",
    "Focus": r"фокус\w*|focus",
    "Fiesta": r"ф[іи]єст\w*|фиест\w*|fiesta",
    "Mondeo": r"мондео|mondeo",
    "Kuga": r"куг(а|у|и)|kuga",
    "Qashqai": r"кашка\w+|qashqai",
    "X-Trail": r"[іи]кс ?тре[йі]л\w*|x trail|x-trail",
    "Leaf": r"л[іи]ф|leaf",
    "CX-5": r"це ?ікс ?5|сх ?5|cx ?5|cx-5",
    "Civic": r"ц[іи]в[іи]к\w*|civic",
    "CR-V": r"ср ?в|cr ?v|cr-v",
    "Astra": r"астр(а|у|и)|astra",
    "Lanos": r"ланос\w*|lanos",
    "Aveo": r"авео|aveo",
    "Outlander": r"аутлендер\w*|outlander",
    "Lancer": r"лансер\w*|lancer",
}
CITIES: Mapping[str, tuple[str, str]] = {
    "Київ": ("Kyiv", r"ки[їє]в\w*|киев\w*|kyiv|kiev"),
    "Дніпро": ("Dnipro", r"дніпр\w*|днепр\w*|dnipro"),
    "Запоріжжя": ("Zaporizhzhia", r"запор[іо]ж\w*|zaporizh\w*"),
    "Харків": ("Kharkiv", r"харк\w+|kharkiv"),
    "Черкаси": ("Cherkasy", r"черкас\w*|cherkas\w*"),
    "Львів": ("Lviv", r"льв[іо]в\w*|lviv"),
    "Одеса": ("Odesa", r"одес+\w*|odes+a"),
    "Полтава": ("Poltava", r"полтав\w*|poltava"),
    "Вінниця": ("Vinnytsia", r"вінниц\w*|винниц\w*|vinnytsia"),
    "Кривий Ріг": ("Kryvyi Rih", r"крив\w+ р[іо][гз]\w*|kryvyi rih"),
    "Суми": ("Sumy", r"сум(и|ах)|sumy"),
    "Житомир": ("Zhytomyr", r"житомир\w*|zhytomyr"),
    "Чернігів": ("Chernihiv", r"черн[іи]г[оі]в\w*|chernihiv"),
    "Миколаїв": ("Mykolaiv", r"микола[єї]в\w*|николаев\w*|mykolaiv"),
    "Рівне": ("Rivne", r"рівн(е|ому)|ровно|rivne"),
    "Тернопіль": ("Ternopil", r"терноп[іо]л\w*|ternopil"),
    "Кременчук": ("Kremenchuk", r"кременчу[кгц]\w*|kremenchuk"),
}
SEASONS: Mapping[str, str] = {
    "winter": r"з[иі]мов\w+|зим[аиуі]|зимн\w+|зимушк\w+|шипован\w+|winter",
    "summer": r"літн\w+|літ[оа]|летн\w+|лет[оа]|summer",
    "all_season": r"всесезон\w+|усесезон\w+|all seasons?",
}
DELIVERIES: Mapping[str, str] = {
    "pickup": r"самовив[іое]з\w*|сам(а|и)? (заберу|приїду|забираю|заберемо)|забер(у|емо)|забрать|забрати|"
    r"в (магазині|пункті)|pick ?(it |them )?up|pickup|collect",
    "delivery": r"достав\w+|привез\w+|нов(а|ою|ої|ой) пошт\w+|нов(ая|ой) почт\w+|додому|домой|кур'?[єе]р\w*|deliver\w*",
}
PAYMENTS: Mapping[str, str] = {
    "online": r"онлайн\w*|одразу на сайті|на сайт\w*|за посиланням|по ссылке|передоплат\w*|предоплат\w*|online",
    "card_on_delivery": r"карт(ою|кой|кою|очкою|ой|а|ка)( \w+)? (при|на|кур\w+)( \w+)?|"
    r"(при отриманні|на місці|при получении) карт\w+|карт(ою|кой|кою|очкою|ой|ка)|терминал\w*|термінал\w*|by card|card",
    "cod": r"готівк\w+|нал(ом|ик\w*)?|налич\w+|накладен\w+|післяплат\w+|наложк\w*|"
    r"при отриман\w+|при получен\w+|на пошті|кеш\w*|cash",
}
WORKS: Mapping[str, str] = {
    "balancing": r"(тільки|лише|просто|только|just|only) балансув\w+|балансув\w+|балансир\w+|balancing",
    "full_service": r"повн\w+ (комплекс|обслуговув)\w*|комплексн\w+|полн\w+ комплекс\w*|під ключ|full service",
}
WEEKDAYS = (
    r"понед\w+|monday",
    r"вівтор\w+|вторник\w*|tuesday",
    r"(?:сере|сре)д[аиуіы]|wednesday",
    r"четвер\w*|thursday",
    r"п'?ятниц\w+|friday",
    r"субот\w+|суббот\w+|saturday",
    r"неділ\w+|воскресен\w+|sunday",
)
MONTHS = (
    r"січн\w+|январ\w+|january",
    r"лют(ого|ий)|феврал\w+|february",
    r"берез(ня|ень)|март\w*|march",
    r"квіт(ня|ень)|апрел\w+|april",
    r"трав(ня|ень)|ма[йя]|may",
    r"черв(ня|ень)|июн\w+|june",
    r"лип(ня|ень)|июл\w+|july",
    r"серп(ня|ень)|август\w*|august",
    r"верес(ня|ень)|сентябр\w+|september",
    r"жовт(ня|ень)|октябр\w+|october",
    r"листопад\w*|ноябр\w+|november",
    r"груд(ня|ень)|декабр\w+|december",
)


def named(table: Mapping[str, str], spoken: str) -> str | None:
    """Return the first of a table that is named in these words (small letters, no punctuation)."""
    return next((thing for thing, sound in table.items() if sounds(sound, spoken)), None)


def sounds(pattern: str, spoken: str) -> bool:
    return found(pattern, spoken) is not None


def found(pattern: str, spoken: str) -> re.Match[str] | None:
    return re.search(rf"(?<!\S)(?:{pattern})(?!\S)", spoken)
