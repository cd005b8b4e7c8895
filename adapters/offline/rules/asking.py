"""What the agent may ask for, whatever the words."""

from enum import Enum, auto


class Ask(Enum):
    SIZE = auto()
    MODEL = auto()
    """Which make and model of car tyres are wanted for."""
    CHOICE = auto()
    QUANTITY = auto()
    FEWER = auto()
    """Whether to take as many as there are."""
    OTHER_TIRES = auto()
    """Whether to look for others, since these are not there."""
    ANOTHER = auto()
    """Whether a second order like one that is there is really wanted."""
    DELIVERY = auto()
    CITY = auto()
    ADDRESS = auto()
    POINT = auto()
    PAYMENT = auto()
    NAME = auto()
    PROPOSAL = auto()
    """Whether what was read out is right; asked by the tools, not by the model."""
    CHANGE = auto()
    """What is to be changed in what was read out."""
    FITTING_CITY = auto()
    DISTRICT = auto()
    STATION = auto()
    DAY = auto()
    SLOT = auto()
    CAR = auto()
    """Which car comes to the fitting."""
    BOOKING = auto()
    DIAMETER = auto()
    OPERATOR = auto()
    CALLBACK = auto()
    CALLBACK_TIME = auto()
    MORE = auto()


YES_NO = frozenset({Ask.FEWER, Ask.OTHER_TIRES, Ask.ANOTHER, Ask.PROPOSAL, Ask.OPERATOR, Ask.CALLBACK, Ask.MORE})
"""What is answered by yes or no."""
