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
_LOUD = 1_000
"""A sample beyond this is voice."""
INTERRUPTION = "Зачекайте, досить, мені все зрозуміло, дякую вам."


async def spoken() -> dict[str, list[Frame]]:
    return {text: _from_first_sound(await record(text)) for text in (*QUESTIONS, LONG_QUESTION, INTERRUPTION)}


def _from_first_sound(audio: list[Frame]) -> list[Frame]:
    first = next(index for index, frame in enumerate(audio) if max(memoryview(frame).cast("h")) > _LOUD)
    last = max(index for index, frame in enumerate(audio) if max(memoryview(frame).cast("h")) > _LOUD)
    return audio[first : last + 1]


async def words_of_frames() -> dict[bytes, Spoken]:
    return known_again(await spoken())
