"""What a request must be, to be answered: sent by a page of this server, as JSON, and short."""

from __future__ import annotations

from starlette.requests import HTTPConnection, Request
from starlette.responses import JSONResponse, Response

LOOPBACK = "127.0.0.1"
HEADERS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
"""What every answer carries."""


def is_own(connection: HTTPConnection) -> bool:
    """Return whether a page of this server sent a request or opens a socket."""
    host = connection.headers.get("host", "")
    return connection.headers.get("origin") == f"http://{host}"


def refuse(request: Request, most_bytes: int) -> Response | None:
    """Return a refusal of a request that no page of this server sent as JSON; None if one did."""
    if not is_own(request):
        return fail(403, "only the page itself may ask")
    if request.headers.get("content-type", "").partition(";")[0] != "application/json":
        return fail(415, "only JSON is read")
    length = request.headers.get("content-length", "")
    if not length.isdigit() or int(length) > most_bytes:
        return fail(413, "the request is too long")
    return None


def fail(status: int, message: str) -> Response:
    """Return a refusal with its reason."""
    return JSONResponse({"message": message}, status, headers=HEADERS)
