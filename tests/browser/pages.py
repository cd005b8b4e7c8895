"""All pages of the admin, by the names of their pictures."""

from tests.browser.seeds import CUSTOMER, STORY, TAKEN

OPEN_PAGES = {"login": "/admin/login"}
"""For those who have not signed in."""

PAGES = {
    "dashboard": "/admin",
    "live": "/admin/live",
    "calls": "/admin/calls",
    "call": f"/admin/calls/{STORY}",
    "callbacks": "/admin/callbacks",
    "callback": f"/admin/callbacks/{TAKEN}",
    "customers": "/admin/customers",
    "customer": f"/admin/customers/{CUSTOMER}",
}
"""Where an admin finds each of them."""
