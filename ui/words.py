"""What the domain's values are called on a page; English, and the tables of gettext say the rest."""

from domain.dialog.phases import Outcome
from domain.hand_over import Reason


def _(text: str) -> str:
    """Mark a text for the tables; it is translated where it is shown."""
    return text


OUTCOMES = {
    Outcome.COMPLETED: _("Completed"),
    Outcome.HANDED_OVER: _("Handed over"),
    Outcome.ABANDONED: _("Caller hung up"),
    Outcome.SILENT: _("Nobody spoke"),
    Outcome.STOPPED: _("Ended from here"),
    Outcome.FAILED: _("Failed"),
}
REASONS = {
    Reason.CUSTOMER_REQUEST: _("The caller asked for a person"),
    Reason.CANNOT_HELP: _("The agent could not help"),
    Reason.COMPLEX_QUESTION: _("A complex question"),
    Reason.NEGATIVE_EMOTION: _("The caller was upset"),
    Reason.REPEATED_MISUNDERSTANDING: _("They did not understand each other"),
    Reason.POLICY_LIMIT: _("A limit of the shop"),
    Reason.TECHNICAL_FAILURE: _("Something failed"),
}
