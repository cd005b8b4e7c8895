"""The files that pages refer to: our own, and htmx from its package; each has its content in its name."""

from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable

from sanic import Blueprint, HTTPResponse, Request
from sanic.exceptions import NotFound
from sanic.response import raw

_SCRIPT = "text/javascript; charset=utf-8"
_FOR_EVER = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class StaticFile:
    content: bytes
    kind: str

    @property
    def digest(self) -> str:
        return sha256(self.content).hexdigest()[:12]


class StaticFiles:
    def __init__(self) -> None:
        htmx = files("django_htmx") / "static" / "django_htmx"
        self._files = {
            "admin.css": _read(files("ui") / "static" / "admin.css", "text/css; charset=utf-8"),
            "test-call.js": _read(files("ui") / "static" / "test-call.js", _SCRIPT),
            "test-call-sound.js": _read(files("ui") / "static" / "test-call-sound.js", _SCRIPT),
            "mark.svg": _read(files("ui") / "static" / "mark.svg", "image/svg+xml"),
            "htmx.js": _read(htmx / "htmx-2.min.js", _SCRIPT),
            "sse.js": _read(htmx / "ext" / "hx-sse-2.min.js", _SCRIPT),
        }

    def url(self, name: str) -> str:
        return f"/static/{self._files[name].digest}/{name}"

    def blueprint(self) -> Blueprint:
        pages = Blueprint("static", url_prefix="/static")

        @pages.get("/<digest:str>/<name:str>")
        async def show(_: Request, digest: str, name: str) -> HTTPResponse:
            found = self._files.get(name)
            if found is None or found.digest != digest:
                raise NotFound("there is no such file")
            return raw(found.content, content_type=found.kind, headers={"Cache-Control": _FOR_EVER})

        return pages


def _read(path: Traversable, kind: str) -> StaticFile:
    return StaticFile(path.read_bytes(), kind)
