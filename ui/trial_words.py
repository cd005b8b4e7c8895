"""What is said of test calls; English, and the tables of gettext say the rest."""

from enum import Enum

from application.calls.try_agent import TrialEnd
from ui.words import _

TRIED = _("test call")
"""What stands in the number's place, before who made it."""
TRIAL_ENDS = {
    TrialEnd.AGENT: _("The agent has ended the call."),
    TrialEnd.CALLER: _("You have hung up."),
    TrialEnd.BROKEN: _("The engine has refused the call or failed in it: it may be full, or stopping. See its log."),
    TrialEnd.IDLE: _("Nothing came from you for a minute, so the call was ended."),
    TrialEnd.TOO_LONG: _("A test call lasts a quarter of an hour at most, so it was ended."),
    TrialEnd.CLOSED: _("The admin was restarted, and the call ended with it."),
}


class TrialRefusal(Enum):
    """Why there is no test call."""

    ALREADY = "already"
    TOO_MANY = "too_many"
    NO_ENGINE = "no_engine"
    AWAY = "away"
    TOO_OLD = "too_old"
    UNHEARD = "unheard"


TRIAL_REFUSALS = {
    TrialRefusal.ALREADY: _("You are in a test call already: hang up first."),
    TrialRefusal.TOO_MANY: _("As many test calls are running as may run at once: wait until one has ended."),
    TrialRefusal.NO_ENGINE: _(
        "No call engine answers: start it (callcenter serve, or callcenter calls),"
        " or correct AUDIOSOCKET_HOST and AUDIOSOCKET_PORT."
    ),
    TrialRefusal.AWAY: _("Redis or the database cannot be reached just now, and a test call needs both."),
    TrialRefusal.TOO_OLD: _("This page is too old: load it again."),
    TrialRefusal.UNHEARD: _("This was not said: the call has ended, or no engine can be told."),
}
