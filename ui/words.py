"""What the domain's values are called on a page; English, and the tables of gettext say the rest."""

from domain.access import Role
from domain.callback import CallbackState
from domain.dialog.phases import Outcome
from domain.hand_over import Reason
from domain.live import Doing
from domain.operators import PhoneState
from domain.records import Sort
from domain.troubles import Concern
from domain.usage import Kind
from domain.visit.visit import Flow


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
    Outcome.LOST: _("Cut off by a failure"),
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
CALLBACK_STATES = {
    CallbackState.WAITING: _("Waiting"),
    CallbackState.TAKEN: _("Taken"),
    CallbackState.DONE: _("Done"),
}
CALLBACK_REASONS = {
    "customer_request": _("The caller asked to be called back"),
    "after_hours": _("No operator at that hour"),
    "shop_unavailable": _("The shop did not answer"),
    "old_booking_not_cancelled": _("The old booking must be cancelled"),
}
"""By what stands in the request; others are shown as they stand there."""
AUDIT_ACTIONS = {
    "callbacks.take": _("took it"),
    "callbacks.give_back": _("gave it back"),
    "callbacks.remark": _("noted"),
    "callbacks.done": _("has done it"),
    "customers.edited": _("changed what is known"),
    "customers.exported": _("downloaded all"),
    "customers.erased": _("erased all"),
    "calls.give_to_operator": _("gave the caller to an operator"),
    "calls.end": _("ended the call"),
    "calls.downloaded": _("downloaded the call"),
    "calls.drafted": _("drafted a feature of the call"),
    "calls.test": _("made a test call"),
    "calls.exported": _("exported calls"),
    "users.added": _("let somebody in"),
    "users.role": _("changed the role"),
    "users.blocked": _("blocked"),
    "users.unblocked": _("unblocked"),
    "users.password": _("set a new password"),
    "users.signed_out": _("signed out everywhere"),
    "tokens.made": _("made a token"),
    "tokens.revoked": _("revoked a token"),
}
ROLES = {
    Role.ADMIN: _("Admin"),
    Role.ANALYST: _("Analyst"),
    Role.OPERATOR: _("Operator"),
    Role.CONTENT_MANAGER: _("Content manager"),
}
AUDIT_VALUES = {
    "state": {state.value: text for state, text in CALLBACK_STATES.items()},
    "role": {role.value: text for role, text in ROLES.items()},
}
"""Of these fields, the values that have words of their own."""
AUDIT_RESOURCES = {
    "callbacks": _("A callback"),
    "customers": _("A customer"),
    "calls": _("A call"),
    "users": _("A user"),
    "tokens": _("A token"),
    "sessions": _("Signing in"),
}
"""What stands before the dot of an action."""
AUDIT_FIELDS = {
    "in_earnest": _("Real orders"),
    "remark": _("Note"),
    "name": _("Name"),
    "city": _("City"),
    "vehicle": _("Car"),
    "delivery_address": _("Address for delivery"),
}
MORE_AUDIT_FIELDS = {
    "state": _("State"),
    "by": _("Who has it"),
    "form": _("Form"),
    "calls": _("Calls"),
    "role": _("Role"),
    "sessions": _("Browsers signed in"),
}
"""What the audit shows besides, and other pages say otherwise."""
USAGE_KINDS = {
    Kind.MODEL: _("Language model"),
    Kind.VOICE: _("Voice"),
    Kind.EAR: _("Recognizer"),
}
DOINGS = {
    Doing.CONNECTING: _("connecting"),
    Doing.GREETING: _("greeting"),
    Doing.LISTENING: _("listening"),
    Doing.THINKING: _("thinking"),
    Doing.SPEAKING: _("speaking"),
    Doing.HANDING_OVER: _("handing over"),
    Doing.CLOSING: _("saying goodbye"),
}
FLOWS = {
    Flow.OPENING: _("the beginning"),
    Flow.BUYING: _("buying tyres"),
    Flow.ORDER_STATUS: _("an order"),
    Flow.FITTING: _("fitting"),
    Flow.STORAGE: _("storage"),
    Flow.CONSULTATION: _("advice"),
    Flow.CALLBACK: _("a callback"),
}
CONCERNS = {
    Concern.FAILED: _("something failed"),
    Concern.SILENCE: _("a long silence"),
    Concern.SLOW_REPLY: _("slow replies"),
    Concern.MISUNDERSTANDING: _("asked again and again"),
    Concern.REFUSED: _("the gate stopped the model"),
    Concern.UPSET: _("the caller was upset"),
}
SORTS = {
    Sort.NEWEST: _("the latest first"),
    Sort.LONGEST: _("the longest first"),
    Sort.SLOWEST_REPLY: _("the slowest replies first"),
    Sort.LONGEST_SILENCE: _("the longest silence first"),
}
PARTS = {
    "postgres": (_("Database"), _("PostgreSQL does not answer: see DATABASE_URL, and whether it runs.")),
    "redis": ("Redis", _("Redis does not answer: see REDIS_URL, and whether it runs.")),
    "store_api": (_("The shop"), _("The shop's API does not answer well: see STORE_API_URL and STORE_API_KEY.")),
    "tts_engine": (_("Voice"), _("No engine has its voice ready: see the log of the engines.")),
    "claude_api": (_("Language model"), _("The model cannot be reached, or ANTHROPIC_API_KEY is empty.")),
    "google_stt": (_("Recognizer"), _("There is no key for Google's speech: see GOOGLE_APPLICATION_CREDENTIALS.")),
    "call_engine": (_("Engines"), _("No engine takes calls: none runs, or all are being stopped.")),
}
"""What each part is called, and what may be the matter while it is not ready."""
JOURNALS = {
    "engines": _("In the engines, entries"),
    "redis": _("In Redis, entries"),
    "files": _("In files, for Redis was away"),
    "refused": _("Refused by the database, files"),
}
SETTING_SOURCES = {
    "default": _("the default"),
    "process": _("the environment"),
    ".env": ".env",
    ".env.local": ".env.local",
}
PHONE_STATES = {
    PhoneState.FREE: _("free"),
    PhoneState.TALKING: _("talking"),
    PhoneState.RINGING: _("ringing"),
    PhoneState.AWAY: _("switched off"),
    PhoneState.UNKNOWN: _("not known"),
}
FACTS = {
    "amounts": _("Amounts, UAH"),
    "quantities": _("Quantities"),
    "in_stock": _("In stock"),
    "dates": _("Dates"),
    "times": _("Times"),
    "addresses": _("Addresses"),
    "numbers": _("Numbers"),
    "deeds": _("Done in this call"),
    "findings": _("Found to be so"),
}
"""By their names in the record of a tool."""
