"""Files that the app uploads: an address for the bytes, the bytes, and what is said of them."""

import base64
import json
import secrets
from dataclasses import dataclass, replace
from typing import Any

from playground.foundation.errors import SlackError
from playground.foundation.records import Records

LARGEST = 8 * 1024**2


@dataclass(frozen=True)
class Upload:
    """A file. *content* is None until the bytes have come; only a completed one is anywhere to be seen."""

    id: str
    name: str
    length: int
    alt_text: str = ""
    title: str = ""
    content: bytes | None = None

    def payload(self) -> dict[str, Any]:
        """Slack's file object."""
        kind = "image/png" if self.name.endswith(".png") else "application/octet-stream"
        facts = {"id": self.id, "name": self.name, "title": self.title or self.name, "mimetype": kind}
        return {**facts, "size": self.length, "alt_txt": self.alt_text}


class Uploads:
    """All files, kept on disk with the rest."""

    def __init__(self, records: Records) -> None:
        self._records = records
        self._files = {id: _read(id, body) for id, body in records.all("file")}

    def begin(self, name: str, length: int, alt_text: str) -> Upload:
        """Make room for a file."""
        upload = Upload(f"F0{secrets.token_hex(4).upper()}", name, length, alt_text)
        return self._keep(upload)

    def get(self, id: str) -> Upload:
        """A file; unknown ones are `file_not_found`."""
        if found := self._files.get(id):
            return found
        raise SlackError("file_not_found")

    def fill(self, id: str, content: bytes) -> Upload:
        """Take the bytes, which must be as many as were announced."""
        upload = self.get(id)
        if len(content) != upload.length:
            raise SlackError("file_upload_size_restricted")
        return self._keep(replace(upload, content=content))

    def complete(self, id: str, title: str) -> Upload:
        """Finish a file whose bytes have come."""
        upload = self.get(id)
        if upload.content is None:
            raise SlackError("file_not_found")
        return self._keep(replace(upload, title=title))

    def hand_in(self, name: str, content: bytes) -> Upload:
        """Take a file that a person hands in by a form."""
        upload = self.begin(name, len(content), "")
        self.fill(upload.id, content)
        return self.complete(upload.id, name)

    def _keep(self, upload: Upload) -> Upload:
        self._files[upload.id] = upload
        self._records.put("file", upload.id, _written(upload))
        return upload


def _written(upload: Upload) -> str:
    content = None if upload.content is None else base64.b64encode(upload.content).decode()
    facts = {"name": upload.name, "length": upload.length, "alt_text": upload.alt_text}
    return json.dumps({**facts, "title": upload.title, "content": content})


def _read(id: str, body: str) -> Upload:
    facts = json.loads(body)
    content = facts.pop("content")
    return Upload(id, **facts, content=None if content is None else base64.b64decode(content))
