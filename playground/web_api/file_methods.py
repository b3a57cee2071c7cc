"""The Web API of files: where to upload, and to finish an upload, perhaps in a conversation."""

from aiohttp import web

from playground.foundation.errors import SlackError
from playground.line.slack import Slack
from playground.web_api.calls import Answer, ApiCall, Method
from playground.web_api.chat_methods import place_for, require_thread
from playground.workspace.people import BOT_USER_ID


def get_upload_url(slack: Slack, call: ApiCall) -> Answer:
    """files.getUploadURLExternal: the length has to be known before."""
    length = call.need("length")
    if not length.isdigit() or int(length) == 0:
        raise SlackError("invalid_arguments", "[ERROR] length must be a positive number")
    upload = slack.uploads.begin(call.need("filename"), int(length), call.get("alt_txt"))
    return {"upload_url": f"{slack.base_url}/upload/{upload.id}", "file_id": upload.id}


def complete_upload(slack: Slack, call: ApiCall) -> Answer:
    """files.completeUploadExternal: with a channel, the files are shown there in a message."""
    given = call.args.get("files")
    if not isinstance(given, list) or not given or not all(isinstance(each, dict) for each in given):
        raise SlackError("invalid_arguments", "[ERROR] files must be a list of objects with an id")
    done = [slack.uploads.complete(str(each.get("id")), str(each.get("title") or "")) for each in given]
    files = [upload.payload() for upload in done]
    if channel := call.get("channel_id"):
        place, thread_ts = place_for(slack, channel), call.get("thread_ts") or None
        if thread_ts:
            require_thread(slack, place, thread_ts)
        slack.post(place, BOT_USER_ID, text=call.get("initial_comment"), thread_ts=thread_ts, files=files)
    return {"files": files}


def info(slack: Slack, call: ApiCall) -> Answer:
    """files.info: what is known of a file, and where its bytes are for whoever carries the token."""
    found = slack.uploads.get(call.need("file"))
    return {"file": {**found.payload(), "url_private_download": f"{slack.base_url}/files-pri/{found.id}"}}


async def upload(slack: Slack, request: web.Request) -> web.Response:
    """Take the bytes of POST /upload/<id>."""
    try:
        slack.uploads.fill(request.match_info["id"], await request.read())
    except SlackError as error:
        return web.Response(status=400, text=error.code)
    return web.Response(text="OK")


async def show(slack: Slack, request: web.Request) -> web.Response:
    """Answer GET /files/<id> with the bytes."""
    found = slack.uploads.get(request.match_info["id"])
    kind = str(found.payload()["mimetype"])
    return web.Response(body=found.content or b"", content_type=kind)


async def download(slack: Slack, request: web.Request) -> web.Response:
    """Answer GET /files-pri/<id> with the bytes, to a token that may read files."""
    token = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if token not in slack.bot_tokens or "files:read" not in slack.manifest.scopes:
        return web.Response(status=403)
    return await show(slack, request)


METHODS = {
    "files.info": Method(info, ("files:read",)),
    "files.getUploadURLExternal": Method(get_upload_url, ("files:write",)),
    "files.completeUploadExternal": Method(complete_upload, ("files:write",)),
}
