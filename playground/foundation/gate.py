"""Who may come in: this machine's own page, let in by the key of this start, and the app by its tokens.

Every web page that a browser shows can send requests to this machine. So nothing is answered that was meant
for another host (a name that was made to lead here) or that the page of another site asked for.
"""

import secrets
from collections.abc import Awaitable, Callable
from html import escape

from aiohttp import web

from playground.foundation.records import Records

NAMES = ("127.0.0.1", "localhost", "[::1]")
# What the app calls carries a secret of its own: a token, a ticket, a code, or an address nobody can guess.
APP_ROUTES = frozenset(
    {"/api/{method}", "/respond/{key}", "/upload/{id}", "/files-pri/{id}", "/link/", "/oauth/v2/authorize"}
)
SOCKET_ROUTE = "/link/"
OWN_SITES = ("same-origin", "none")
ELSEWHERE = "This is answered at http://{host} on this machine alone."
FOREIGN = "Another page asked for this: open http://{host} yourself, in a tab of its own."
LOCKED = "Open the address that the terminal shows: its key lets this browser in."
REFUSAL = '<!doctype html><html lang="en"><meta charset="utf-8"><title>Waymark playground</title><p>{}</p>'
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@web.middleware
async def only_from_here(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse what was meant for another host, and what the page of another site asks for."""
    host = f"{NAMES[0]}:{_port(request)}"
    if not _is_for_this_machine(request):
        return refused(request, 403, ELSEWHERE.format(host=host))
    if not _is_asked_by_own_page(request):
        return refused(request, 403, FOREIGN.format(host=host))
    return await handler(request)


class Gate:
    """Lets browsers in that bring the key, by a cookie that outlives restarts where there is a folder."""

    def __init__(self, records: Records, key: str) -> None:
        self._key, self._session = key, _session(records)

    @web.middleware
    async def admit(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Answer the app's calls, and those of a browser that was let in."""
        if _route(request) in APP_ROUTES:
            return await handler(request)
        is_known = same(request.cookies.get(_cookie(request), ""), self._session)
        key = request.query.get("key") if request.path == "/" else None
        if key is not None and (is_known or same(key, self._key)):
            return self._welcomed(request)
        return await handler(request) if is_known else refused(request, 401, LOCKED)

    def _welcomed(self, request: web.Request) -> web.Response:
        """Exchange the key for the cookie, and take it out of the address bar."""
        answer = web.Response(status=303, headers={"Location": "/"})
        answer.set_cookie(_cookie(request), self._session, httponly=True, samesite="Strict")
        return answer


def refused(request: web.Request, status: int, sentence: str) -> web.Response:
    """Say no: as a page where a person looks, else as JSON."""
    if request.path == "/":
        return web.Response(status=status, text=REFUSAL.format(escape(sentence)), content_type="text/html")
    return web.json_response({"error": sentence}, status=status)


def same(given: str, secret: str) -> bool:
    """Compare in a time that tells nothing of the secret."""
    return secrets.compare_digest(given.encode(errors="replace"), secret.encode())


def _is_for_this_machine(request: web.Request) -> bool:
    port, hosts = _port(request), request.headers.getall("Host", [])
    allowed = {f"{name}:{port}" for name in NAMES}
    # Slack's own Socket Mode client leaves the port out; its address holds a ticket that works once.
    if port == 80 or _route(request) == SOCKET_ROUTE:
        allowed.update(NAMES)
    return len(hosts) == 1 and hosts[0].lower() in allowed


def _is_asked_by_own_page(request: web.Request) -> bool:
    """Whether every header by which a browser tells who asks names this page; programs send none."""
    own, told = f"http://{request.headers['Host'].lower()}", request.headers.getall
    return (
        all(origin == own for origin in told("Origin", []))
        and all(site in OWN_SITES for site in told("Sec-Fetch-Site", []))
        and all(f"{page}/".startswith(f"{own}/") for page in told("Referer", []))
    )


def _route(request: web.Request) -> str:
    resource = request.match_info.route.resource
    return resource.canonical if resource else ""


def _port(request: web.Request) -> int:
    """The port that the request came to."""
    name = request.transport.get_extra_info("sockname") if request.transport else None
    return int(name[1]) if name else 0


def _cookie(request: web.Request) -> str:
    """Name the cookie. Browsers keep cookies per host and not per port, and two demos may run."""
    return f"playground-{_port(request)}"


def _session(records: Records) -> str:
    """What the cookie holds: with a folder the same at every start, so that tabs stay in."""
    known = dict(records.all("session")).get("page") or secrets.token_hex(16)
    records.put("session", "page", known)
    return known
