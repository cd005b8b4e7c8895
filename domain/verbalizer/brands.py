"""Names in Latin letters, as Ukrainians say them: tyres, their models, cars.

The voice reads them, the recognizer is told to expect them, and what a caller says is matched with them.
"""

from collections.abc import Mapping

_TIRES = """
Achilles=Ахіллес|Aeolus=Еолус|Amtel=Амтел|Antares=Антарес|Aplus=Аплюс|Apollo=Аполло|Arivo=Аріво|Avon=Ейвон|Barum=Барум
Belshina=Белшина|BFGoodrich=Бі-Еф-Гудріч|BF Goodrich=Бі-Еф-Гудріч|Bridgestone=Бріджстоун|Ceat=Сеат
Continental=Континенталь|Conti=Конті|Cooper=Купер|Cordiant=Кордіант|Davanti=Даванті|Debica=Дембіца|Dębica=Дембіца
Diplomat=Дипломат|Doublestar=Даблстар|Dunlop=Данлоп|Falken=Фалькен|Federal=Федерал|Firestone=Файрстоун|Fulda=Фульда
General=Дженерал|General Tire=Дженерал Таєр|Giti=Гіті|Gislaved=Гіславед|Goodride=Гудрайд|Goodyear=Гудієр
GT Radial=Джі-Ті Радіал|Habilead=Хабілід|Hankook=Ханкук|Hifly=Хайфлай|Imperial=Імперіал|Kama=Кама|Kapsen=Капсен
Kelly=Келлі|Kleber=Клебер|Kormoran=Корморан|Kumho=Кумхо|Landsail=Лендсейл|Lassa=Ласса|Laufenn=Лауфен|Leao=Леао
Linglong=Лінглонг|Marshal=Маршал|Matador=Матадор|Maxxis=Максіс|Michelin=Мішлен|Minerva=Мінерва|Mirage=Міраж
Nankang=Нанканг|Nexen=Нексен|Nitto=Нітто|Nokian=Нокіан|Nokian Tyres=Нокіан Тайрс|Nordman=Нордман|Orium=Оріум
Ovation=Овейшн|Petlas=Петлас|Pirelli=Піреллі|Point S=Пойнт-Ес|Powertrac=Павертрак|Premiorri=Преміоррі|Riken=Рікен
Roadstone=Роудстоун|Roadx=Роад-Ікс|Rosava=Росава|Rotalla=Роталла|Sailun=Сайлун|Sava=Сава|Semperit=Семперит
Sonix=Сонікс|Starmaxx=Стармакс|Strial=Стріал|Sunfull=Санфул|Sumitomo=Сумітомо|Sunny=Санні|Syron=Сайрон|Taurus=Таурус
Tigar=Тігар|Toyo=Тойо|Tourador=Турадор|Tracmax=Тракмакс|Triangle=Тріангл|Tristar=Трістар|Tyfoon=Тайфун
Uniroyal=Юніроял|Viking=Вікінг|Voyager=Вояджер|Vredestein=Вредештайн|Westlake=Вестлейк|Windforce=Віндфорс
Yokohama=Йокогама|Zeetex=Зітекс|Zeta=Зета
"""
_TIRE_MODELS = """
Adapto=Адапто|Advantage=Едвентідж|Agilis=Ажиліс|Alpin=Альпін|All Season=Олл Сізон|AllSeasonContact=Олл-Сізон-Контакт
Altimax=Альтімакс|BluEarth=Блу-Ерс|Blizzak=Бліззак|Bravuris=Бравуріс|Brillantis=Брілантіс|Cinturato=Чинтурато
Contact=Контакт|CrossClimate=Крос-Клаймат|Cross Climate=Крос Клаймат|Crossclimate=Крос-Клаймат|Dynapro=Дінапро
Duravis=Дюравіс|Eagle=Ігл|EcoContact=Еко-Контакт|Ecopia=Екопія|Efficientgrip=Ефішнтгріп
EfficientGrip=Ефішнтгріп|Ecsta=Екста|Energy=Енерджі|Energy Saver=Енерджі Сейвер|Eskimo=Ескімо|Eurowinter=Євровінтер
Euro=Євро|Geolandar=Геолендар|Grip=Гріп|Hakka=Хакка
Hakkapeliitta=Хакапеліта|HP=аш пе|Ice=Айс|i*cept=Айсепт|IceContact=Айс-Контакт
Intensa=Інтенса|Itegro=Ітегро|Kinergy=Кінерджі|Krisalp=Крісальп|Latitude=Латітьюд|Line=Лайн|Nordicca=Нордіка
North=Норт|Observe=Обзерв|Oryx=Орікс|Performance=Перформанс|Pilot=Пілот|Pilot Sport=Пілот Спорт
Pilot Alpin=Пілот Альпін|Plus=Плюс|Polaris=Поляріс|Potenza=Потенца|PremiumContact=Преміум-Контакт|Presto=Престо
Primacy=Прімасі|Pro=Про|Proxes=Проксес|Quartaris=Квартаріс|Quatrac=Кватрак|Quadraxer=Квадраксер|Roadhawk=Роудгок
Saver=Сейвер|Sibir=Сибір|Snow=Сноу|Snowdefender=Сноудефендер|Snowgard=Сноугард|Solazo=Солазо|Sottozero=Соттодзеро
Sport=Спорт|SportContact=Спорт-Контакт|Sport Maxx=Спорт Макс|Turanza=Туранца|UltraContact=Ультра-Контакт
Ultragrip=Ультрагріп|UltraGrip=Ультрагріп|Ultra Grip=Ультра Гріп|Vector=Вектор|VanContact=Ван-Контакт|Vanis=Ваніс
Ventus=Вентус|Vimero=Вімеро|Weatherproof=Везерпруф|WeatherControl=Везер-Контрол|Wetproof=Ветпруф|Winguard=Вінгард
Winter=Вінтер|WinterContact=Вінтер-Контакт|Wintrac=Вінтрак|WinterCraft=Вінтер-Крафт|Wintercraft=Вінтер-Крафт
Winterhawk=Вінтергок|X-Ice=Ікс-Айс|Zero=Зеро|ZuperAce=Зупер-Ейс|Allseason=Олсізон|RunFlat=ранфлет|Run Flat=ранфлет
Runflat=ранфлет
All Weather=Олл Везер|AllSeasonExpert=Олл-Сізон-Експерт|Arctic=Арктик|BluResponse=Блу-Респонс|Celsius=Целсіус
Comfort=Комфорт
Dynaxer=Дінаксер|Eco=Еко|Ecorun=Екоран|Ecowing=Еко-Вінг|EuroAll=Євро-Олл|Evo=Ево|Fit=Фіт|Frigo=Фріго|Gen=Джен|Green=Грін
Hectorra=Гекторра|High=Хай|i*Pike=Ай-Пайк|iceGUARD=Айс-Гард
Multiseason=Мультисізон|N'blue=Ен-Блу|N'Fera=Ен-Фера
NanoEnergy=Нано-Енерджі|Navigator=Навігатор|Passio=Пасіо|Powergy=Павергі|Prime=Прайм|Primus=Прімус
RainExpert=Рейн-Експерт
RainSport=Рейн-Спорт|ReliaX=Релія-Ікс|Response=Респонс|Road=Роуд|Season=Сізон|Seasonproof=Сізонпруф|Seasons=Сізонс
SeasonX=Сізон-Ікс|Sincera=Сінсера|Snowproof=Сноупруф|Solus=Солус|Sportex=Спортекс|ViaMaggiore=Віа-Маджоре
WinterExpert=Вінтер-Експерт|WinterX=Вінтер-Ікс|Ziex=Зіекс
"""
_CARS = """
Acura=Акура|Alfa Romeo=Альфа Ромео|Audi=Ауді|BMW=БМВ|BYD=Бі-Вай-Ді|Buick=Б'юїк|Cadillac=Кадилак|Chery=Чері
Chevrolet=Шевроле|Chrysler=Крайслер|Citroen=Сітроен|Citroën=Сітроен|Cupra=Купра|Dacia=Дачія|Daewoo=Деу
Daihatsu=Дайхатсу|Dodge=Додж|Fiat=Фіат|Ford=Форд|Geely=Джілі|Genesis=Дженезіс|GMC=Джі-Ем-Сі|Great Wall=Грейт Волл
Haval=Хавал|Honda=Хонда|Hummer=Хаммер|Hyundai=Хюндай|Infiniti=Інфініті|Isuzu=Ісузу|Jaguar=Ягуар|Jeep=Джип|JAC=Джак
Kia=Кіа|Lada=Лада|Lancia=Лянча|Land Rover=Ленд Ровер|Lexus=Лексус|Lincoln=Лінкольн|Mazda=Мазда|Mercedes=Мерседес
Mercedes-Benz=Мерседес-Бенц|Mercedes Benz=Мерседес-Бенц|MG=Ем-Джі|Mini=Міні|Mitsubishi=Міцубісі|Nissan=Ніссан
Opel=Опель|Peugeot=Пежо|Polestar=Полестар|Porsche=Порше|Range Rover=Рендж Ровер|Ravon=Равон|Renault=Рено|Rover=Ровер
Saab=Сааб|Seat=Сеат|Skoda=Шкода|Škoda=Шкода|Smart=Смарт|SsangYong=Санг-Йонг|Subaru=Субару|Suzuki=Сузукі|Tesla=Тесла
Toyota=Тойота|Volkswagen=Фольксваген|Volvo=Вольво|VW=Фольксваген|Zaz=ЗАЗ|Zeekr=Зікр
"""
_CAR_MODELS = """
Accent=Акцент|Accord=Аккорд|Arteon=Артеон|Astra=Астра|Auris=Ауріс|Avensis=Авенсіс|Aveo=Авео|Berlingo=Берлінго
Caddy=Кадді|Camry=Камрі|Captur=Каптюр|Cayenne=Каєн|Ceed=Сід|Cerato=Черато|Civic=Сівік|Clio=Кліо|Combo=Комбо
Corolla=Королла|CX=Сі-Ікс|Corsa=Корса|Crafter=Крафтер|Creta=Крета|Cruze=Круз|Doblo=Добло|Duster=Дастер|Elantra=Елантра
Escape=Ескейп|Explorer=Експлорер|Fabia=Фабія|Fiesta=Фієста|Focus=Фокус|Forester=Форестер|Fusion=Ф'южн|Getz=Гетц
Golf=Гольф|Highlander=Хайлендер|Impreza=Імпреза|Insignia=Інсігнія|Jetta=Джетта|Jimny=Джимні|Juke=Джук|Kadjar=Каджар
Kamiq=Камік|Kangoo=Кангу|Karoq=Карок|Kodiaq=Кодіак|Kona=Кона|Koleos=Колеос|Kuga=Куга|Lacetti=Лачетті|Lancer=Лансер
Land Cruiser=Ленд Крузер|Lanos=Ланос|Leaf=Ліф|Leon=Леон|Logan=Логан|Megane=Меган|Micra=Мікра|Mokka=Мокка|Mondeo=Мондео
Model S=Модел Ес|Model X=Модел Ікс|Model Y=Модел Ігрек|Navara=Навара|Octavia=Октавія|Optima=Оптіма|Outback=Аутбек
Outlander=Аутлендер|Pajero=Паджеро|Passat=Пассат|Picanto=Піканто|Polo=Поло|Prado=Прадо|Primera=Прімера|Prius=Пріус
Qashqai=Кашкай|Rapid=Рапід|RAV=Рав|Rio=Ріо|Rogue=Роуг|Sandero=Сандеро|Santa Fe=Санта Фе|Scenic=Сценік|Scala=Скала
Sens=Сенс|Sentra=Сентра|Sharan=Шаран|Solaris=Соляріс|Sonata=Соната|Sorento=Соренто|Sportage=Спортейдж
Sprinter=Спрінтер|Superb=Суперб|Swift=Свіфт|Tiguan=Тігуан|Touareg=Туарег|Touran=Туран|Trafic=Трафік|Transit=Транзит
Transporter=Транспортер|Tucson=Туссан|Vectra=Вектра|Vitara=Вітара|Vito=Віто|Vivaro=Віваро|X-Trail=Ікс-Трейл|Yaris=Яріс
Yeti=Єті|Zafira=Зафіра|Zoe=Зое|e-tron=і-трон|Actyon=Актіон|Panda=Панда|Punto=Пунто|Ducato=Дукато|Master=Мастер
Macan=Макан|Boxer=Боксер|Partner=Партнер
"""


def _pairs(table: str) -> dict[str, str]:
    pairs = (pair.partition("=") for line in table.split("\n") for pair in line.split("|") if pair)
    return {written: spoken for written, _, spoken in pairs}


TIRE_BRANDS: Mapping[str, str] = _pairs(_TIRES)
TIRE_MODELS: Mapping[str, str] = _pairs(_TIRE_MODELS)
CAR_MAKES: Mapping[str, str] = _pairs(_CARS)
CAR_MODELS: Mapping[str, str] = _pairs(_CAR_MODELS)
BRANDS: Mapping[str, str] = {**TIRE_MODELS, **CAR_MODELS, **CAR_MAKES, **TIRE_BRANDS}
"""Latin → Cyrillic. A tyre brand goes before a car of the same name."""
