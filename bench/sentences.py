"""What the callers of the load say: recorded speech, the same in every process."""

from domain.audio import Frame
from tests.harness.recordings import Spoken, known_again, record

QUESTIONS = (
    "Добрий день, скажіть будь ласка, чи є у вас зимові шини.",
    "Мені потрібні шини на легковий автомобіль.",
    "А скільки коштує доставка до Києва.",
    "Коли ви працюєте у суботу.",
)
LONG_QUESTION = "Розкажіть про все докладно, з початку і до кінця, long."
INTERRUPTION = "Зачекайте, досить, мені все зрозуміло, дякую вам."


async def spoken() -> dict[str, list[Frame]]:
    return {text: await record(text) for text in (*QUESTIONS, LONG_QUESTION, INTERRUPTION)}


async def words_of_frames() -> dict[bytes, Spoken]:
    return known_again(await spoken())
