"""The one seam where Google's errors become the product's."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import grpc
from anyio.lowlevel import checkpoint_if_cancelled
from grpc import StatusCode

from domain.errors import Unavailable

_CURES = {
    StatusCode.UNAUTHENTICATED: "check GOOGLE_APPLICATION_CREDENTIALS",
    StatusCode.PERMISSION_DENIED: "check GOOGLE_CLOUD_PROJECT and the roles of GOOGLE_APPLICATION_CREDENTIALS",
    StatusCode.INVALID_ARGUMENT: "check the language, model, voice and location in the settings",
    StatusCode.NOT_FOUND: "check GOOGLE_CLOUD_PROJECT, the model and the location in the settings",
    StatusCode.UNIMPLEMENTED: "check the endpoint in the settings",
    StatusCode.FAILED_PRECONDITION: "check that the API is enabled in GOOGLE_CLOUD_PROJECT",
}
_LONGEST_DETAILS = 200


class Refused(Unavailable):
    """Google will not do this however often it is asked."""

    def __init__(self, message: str, code: StatusCode) -> None:
        super().__init__(message)
        self.code = code


def translated(what: str, code: StatusCode, details: str | None) -> Unavailable:
    """Say what failed, why, and the setting that may cure it."""
    message = f"{what}: {code.name}: {(details or '')[:_LONGEST_DETAILS]}"
    if cure := _CURES.get(code):
        return Refused(f"{message} ({cure})", code)
    return Unavailable(message)


async def outcome(what: str, call: grpc.aio.Call) -> Unavailable | None:
    """Wait for the end of a call; return why it failed, None when it did not."""
    code = await call.code()
    return None if code is StatusCode.OK else translated(what, code, await call.details())


@asynccontextmanager
async def own_cancellation() -> AsyncGenerator[None, None]:
    """Have a cancelled scope see its own cancellation.

    A call of gRPC that is cancelled raises a new `CancelledError`, which anyio takes for a stranger's.
    """
    try:
        yield
    except asyncio.CancelledError:
        await checkpoint_if_cancelled()
        raise
