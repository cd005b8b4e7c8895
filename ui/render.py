"""Pages from templates: a page and its fragment are one template, and a fragment is a block of it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from sanic import HTTPResponse, Request
from sanic.response import html

from domain.access import Permission, Role
from domain.trial import tried_by
from ui.eyes import Eyes
from ui.languages import LANGUAGES, Tongue
from ui.trial_words import TRIED
from ui.words import (
    AUDIT_ACTIONS,
    AUDIT_FIELDS,
    AUDIT_RESOURCES,
    AUDIT_VALUES,
    CALLBACK_REASONS,
    CALLBACK_STATES,
    CONCERNS,
    FACTS,
    FLOWS,
    OUTCOMES,
    REASONS,
    ROLES,
    SORTS,
    USAGE_KINDS,
)

_COMMON = {
    "languages": LANGUAGES,
    "outcomes": OUTCOMES,
    "reasons": REASONS,
    "role_names": ROLES,
    "callback_states": CALLBACK_STATES,
    "callback_reasons": CALLBACK_REASONS,
    "audit_actions": AUDIT_ACTIONS,
    "audit_fields": AUDIT_FIELDS,
    "audit_values": AUDIT_VALUES,
    "audit_resources": AUDIT_RESOURCES,
    "facts": FACTS,
    "usage_kinds": USAGE_KINDS,
    "flows": FLOWS,
    "concerns": CONCERNS,
    "sorts": SORTS,
}


@dataclass(frozen=True, slots=True)
class Visit:
    """What every page knows of the request that asked for it."""

    tongue: Tongue
    user: str
    """"" for whoever has not signed in."""
    seal: str
    """What forms carry."""
    role: Role | None = None
    """None for whoever has not signed in."""

    def may(self, permission: str) -> bool:
        return self.role is not None and self.role.may(Permission(permission))

    def number(self, number: str | None) -> str:
        """Return a caller's number as far as this visitor may know it, or who has made a test call."""
        if (by := tried_by(number)) is not None:
            return f"{self.tongue.words.gettext(TRIED)}: {by}"
        return Eyes.of(self.role).number(number)

    def text(self, text: str) -> str:
        """Return what was said or written, with the numbers in it as far as this visitor may know them."""
        return Eyes.of(self.role).text(text)


class Pages:
    """All templates, in all languages."""

    def __init__(self, tongues: Mapping[str, Tongue], static_url: Any) -> None:
        self._environments = {code: _environment(tongue, static_url) for code, tongue in tongues.items()}

    def render(
        self, request: Request, template: str, /, *, block: str = "", status: int = 200, **context: object
    ) -> HTTPResponse:
        """Answer with the page, or with one block of it where htmx asks for that."""
        page, known = self._page(request, template, context)
        if block and request.headers.get("hx-request") == "true" and request.headers.get("hx-boosted") != "true":
            body = "".join(page.blocks[block](page.new_context(known)))
        else:
            body = page.render(known)
        return html(body, status=status, headers={"Vary": "HX-Request, Cookie"})

    def piece(self, request: Request, template: str, /, **context: object) -> str:
        """Return what stands on a page, without the page."""
        page, known = self._page(request, template, context)
        return page.render(known)

    def _page(
        self, request: Request, template: str, context: Mapping[str, object]
    ) -> tuple[Template, dict[str, object]]:
        visit = visit_of(request)
        page = self._environments[visit.tongue.code].get_template(template)
        return page, {"visit": visit, "tongue": visit.tongue, "path": request.path, **context}


def visit_of(request: Request) -> Visit:
    return cast(Visit, request.ctx.visit)


def _environment(tongue: Tongue, static_url: Any) -> Environment:
    environment = Environment(
        loader=PackageLoader("ui"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    environment.filters |= {"written": _written, "indented": _indented}
    environment.globals |= {**_COMMON, "static": static_url}
    cast(Any, environment).install_gettext_translations(tongue.words, newstyle=True)
    return environment


def _written(arguments: Mapping[str, object]) -> str:
    """Write a tool's arguments for people."""
    return json.dumps(dict(arguments), ensure_ascii=False, indent=2, default=str)


def _indented(result: str) -> str:
    """Write a tool's answer for people, where it is JSON; a sentence stays as it is."""
    try:
        return json.dumps(json.loads(result), ensure_ascii=False, indent=2)
    except ValueError:
        return result
