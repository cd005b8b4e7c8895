"""What may go wrong in a way that the product has an answer to."""


class Unavailable(Exception):
    """The world did not answer, or not in time.  A port raises nothing else that is expected."""


class Misconfigured(Exception):
    """A setting is missing or wrong; the message names it, the cause and the cure."""
