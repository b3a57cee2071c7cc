"""The playground's HTTP server: the Web API, sockets, response URLs, OAuth, and what the page needs."""

from functools import partial
from pathlib import Path
from urllib.parse import urlencode

from aiohttp import web

from playground.browser import ui
from playground.foundation.errors import NotPossible, SlackError
from playground.foundation.gate import Handler, only_from_here
from playground.line.slack import Slack
from playground.web_api import app_methods, file_methods, web_api

HOST = "127.0.0.1"
PAGE = Path(__file__).parents[1] / "page"
POLICY = (
    "default-src 'self'; img-src 'self' https: data:; "
    "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
LARGEST_BODY = 8 * 1024**2


def web_app(slack: Slack) -> web.Application:
    """Build the server's routes over *slack*."""
    guards = [only_from_here, slack.gate.admit, refusals]
    app = web.Application(client_max_size=LARGEST_BODY, middlewares=guards)
    for verb in ("GET", "POST"):
        app.router.add_route(verb, "/api/{method}", partial(web_api.api, slack))
    app.router.add_post("/respond/{key}", partial(web_api.respond, slack))
    app.router.add_post("/upload/{id}", partial(file_methods.upload, slack))
    app.router.add_get("/files/{id}", partial(file_methods.show, slack))
    app.router.add_get("/files-pri/{id}", partial(file_methods.download, slack))
    app.router.add_get("/link/", slack.link.sockets.serve)
    app.router.add_get("/oauth/v2/authorize", partial(_authorize, slack))
    app.router.add_get("/archives/{conversation}/{message}", _permalink)
    app.router.add_get("/", _index)
    app.on_response_prepare.append(_with_headers)
    if PAGE.is_dir():
        app.router.add_static("/page/", PAGE)
    ui.add_routes(app.router, slack)
    return app


@web.middleware
async def refusals(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Answer what cannot be done with 4xx and one sentence."""
    try:
        return await handler(request)
    except NotPossible as error:
        return web.json_response({"error": error.sentence}, status=409)
    except SlackError as error:
        return web.json_response({"error": f"Slack says: {error.code}."}, status=404)


async def start(slack: Slack, port: int) -> web.AppRunner:
    """Listen on this machine alone; port 0 takes a free one. The address is in `slack.base_url`."""
    runner = web.AppRunner(web_app(slack), access_log=None, shutdown_timeout=1)
    await runner.setup()
    await web.TCPSite(runner, HOST, port).start()
    slack.base_url = f"http://{HOST}:{runner.addresses[0][1]}"
    return runner


async def _index(_request: web.Request) -> web.StreamResponse:
    return web.FileResponse(PAGE / "index.html")


async def _permalink(request: web.Request) -> web.StreamResponse:
    """Lead from a message's permanent address to its conversation on the page."""
    raise web.HTTPFound(f"/#//{request.match_info['conversation']}")


async def _with_headers(request: web.Request, response: web.StreamResponse) -> None:
    response.headers.update(HEADERS)
    if request.path == "/" or request.path.startswith("/page/"):
        response.headers["Cache-Control"] = "no-cache"


async def _authorize(slack: Slack, request: web.Request) -> web.StreamResponse:
    """Slack's consent page, which says yes at once and leads back with a code."""
    code = app_methods.authorize(
        slack, request.query.get("client_id", ""), request.query.get("user", "U0RUBY")
    )
    answer = urlencode({"code": code, "state": request.query.get("state", "")})
    raise web.HTTPFound(f"{request.query.get('redirect_uri', '/')}?{answer}")
