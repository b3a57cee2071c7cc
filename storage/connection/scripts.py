"""The Lua scripts beside this module, by name. Each runs on one shard and gets every key it touches.

Each checks first and then writes, since a script that fails half-way keeps what it wrote.
"""

from dataclasses import dataclass
from functools import cache
from hashlib import sha1
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Script:
    """A Lua script and the hash by which Redis knows it."""

    text: str
    sha: str


@cache
def script(name: str) -> Script:
    """The script in `<name>.lua`, read once."""
    text = _text("foreign") + _text("left") + _text(name)
    return Script(text, sha1(text.encode(), usedforsecurity=False).hexdigest())


def _text(name: str) -> str:
    return files("storage").joinpath("lua", f"{name}.lua").read_text("utf-8")
