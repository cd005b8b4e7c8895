"""What the shop answers when it does not do what is asked."""


class Refusal(Exception):
    """The shop does not do it; `code` is for programs, the message for people."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class Unknown(Refusal):
    """There is no such thing, or it is another person's."""

    def __init__(self, message: str) -> None:
        super().__init__("not_found", message)


class Invalid(Refusal):
    """A value cannot be right, whatever the shop holds."""

    def __init__(self, message: str) -> None:
        super().__init__("validation_error", message)


class Conflict(Refusal):
    """It is at odds with what the shop holds and does: sold out, taken, done already, not served."""
