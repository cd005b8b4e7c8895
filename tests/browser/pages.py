"""All pages of the admin, by the names of their pictures."""

from tests.browser.deskwork import CUSTOMER, TAKEN
from tests.browser.running import FOLLOWED
from tests.browser.story import STORY

OPEN_PAGES = {"login": "/admin/login"}
"""For those who have not signed in."""

PAGES = {
    "dashboard": "/admin",
    "calls": "/admin/calls",
    "call": f"/admin/calls/{STORY}",
    "draft": f"/admin/calls/{STORY}/feature",
    "callbacks": "/admin/callbacks",
    "callback": f"/admin/callbacks/{TAKEN}",
    "customers": "/admin/customers",
    "customer": f"/admin/customers/{CUSTOMER}",
    "exports": "/admin/calls/exports",
    "costs": "/admin/costs",
    "operators": "/admin/operators",
    "test-call": "/admin/test-call",
    "users": "/admin/users",
    "tokens": "/admin/tokens",
    "audit": "/admin/audit",
    "status": "/admin/status",
    "api": "/admin/api",
}
"""Where an admin finds each of them."""

PAGES_OF_RUNNING_CALLS = {"live": "/admin/live", "live-call": f"/admin/live/{FOLLOWED}"}
"""They look so only while calls run."""
