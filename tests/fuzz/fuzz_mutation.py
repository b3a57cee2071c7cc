"""What is rightly signed and yet hostile: a real payload with some of it changed, drawn by hypothesis."""

import copy
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from fuzz_story import Recorded
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

Path = tuple[str | int, ...]
T = TypeVar("T")
# Who acts and where is Slack's word, which its signature covers; who that is, is drawn apart.
ORIGIN = frozenset(
    [
        *("user", "user_id", "team", "team_id", "enterprise", "enterprise_id", "is_enterprise_install"),
        *("authorizations", "context_team_id", "user_team", "source_team", "app_installed_team_id"),
    ]
)
DEEP: Any = json.loads("[" * 60 + "]" * 60)
ODD: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 1, 7, 2**31, 2**63, 10**30, -(10**30), 1.5, 1e308),
    *("", " ", "\n", "\x00", "a\x00b", "\ud800", "\udfff x", "\u202e", "👩‍👩‍👧‍👦" * 40, "𝕏" * 3001),
    *("x" * 256, "x" * 3001, "x y " * 20_000, "null", "None", "true", "0", "-1", "99", "9" * 5_000, "1e9"),
    *("2026-13-45", "9999-12-31", "0001-01-01T00:00:00", "25:61", "2026-11-23", "9999-12-31T23:59:59Z"),
    *("{}", "[]", "{", '{"page": -1}', '{"list": "x", "before": 3}', "a b", "a b c", "a b c d", " . ", "a.b"),
    *("<!channel>", "<@U0MAYA>", "<@", "../..", "*", "wm:{0}:x", "U0MAYA", "T0OTHER", "D0", "yes", "grow"),
    *([], {}, [None], [[]], {"a": 1}, {"id": "U0MAYA"}, {"value": None}, [{"value": "x"}] * 3, DEEP),
)


@dataclass(frozen=True)
class Sending:
    """A payload to be sent, and what was done to it."""

    kind: str
    name: str
    who: str
    payload: dict[str, Any]
    changes: tuple[str, ...]


def paths(node: Any, at: Path = ()) -> Iterator[Path]:
    """Yield where every part of a payload stands, but for who acts and where."""
    parts = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, part in parts:
        if at[:1] in ((), ("event",), ("view",)) and key in ORIGIN:
            continue
        yield (*at, key)
        yield from paths(part, (*at, key))


def weighed(payload: dict[str, Any]) -> list[Path]:
    """The places to change: those that listeners read count many times."""
    found = list(paths(payload))
    return found + [path for path in found if _is_read(path)] * 8


def _is_read(path: Path) -> bool:
    spoken = ("actions", "state", "private_metadata", "event", "message", "container", "value", "text")
    return "blocks" not in path and any(part in spoken for part in path)


def part(payload: Any, path: Path) -> Any:
    """A part of a payload."""
    for key in path:
        payload = payload[key]
    return payload


def _one_of(draw: st.DrawFn, choices: Sequence[T]) -> T:
    """Draw one of many: by its place, since hypothesis would write out all that it draws from."""
    return choices[draw(st.integers(0, len(choices) - 1))]


def _sending(
    draw: st.DrawFn, alike: Sequence[Recorded], people: Sequence[str], ids: Sequence[str]
) -> Sending:
    """Draw one of the payloads that are alike, who sends it, and up to four changes."""
    real = _one_of(draw, alike)
    payload, done = copy.deepcopy(real.payload), list[str]()
    who = _one_of(draw, people)
    done.append(_by(payload, who))
    for _ in range(draw(st.integers(0, 4))):
        change = _one_of(draw, CHANGES)
        places = [it for it in weighed(payload) if isinstance(part(payload, it[:-1]), dict | list)]
        if places:
            at = _one_of(draw, places)
            done.append(change(draw, payload, at, ids))
    return Sending(real.kind, real.name, who, payload, tuple(done))


def _by(payload: dict[str, Any], who: str) -> str:
    """Let somebody else send it."""
    if "command" in payload:
        payload["user_id"] = who
    elif isinstance(payload.get("user"), dict):
        payload["user"] = {**payload["user"], "id": who}
    elif "user" in payload["event"]:
        payload["event"]["user"] = who
    return f"by {who}"


def _odd(draw: st.DrawFn, payload: Any, at: Path, ids: Sequence[str]) -> str:
    part(payload, at[:-1])[at[-1]] = copy.deepcopy(_one_of(draw, ODD))
    return f"odd {at}"


def _other_id(draw: st.DrawFn, payload: Any, at: Path, ids: Sequence[str]) -> str:
    """Put an id of another person, another workspace or an ended thing in the place of one."""
    held, id = part(payload, at), _one_of(draw, ids)
    part(payload, at[:-1])[at[-1]] = _with_id(draw, held, id)
    return f"id {at} {id}"


def _with_id(draw: st.DrawFn, held: Any, id: str) -> Any:
    if isinstance(held, str) and held.startswith("{"):
        kept = _object(held)
        name = _one_of(draw, sorted(kept)) if kept else "id"
        return json.dumps({**kept, name: id})
    if isinstance(held, str) and " " in held.strip():
        words = held.split(" ")
        words[draw(st.integers(0, len(words) - 1))] = id
        return " ".join(words)
    return id


def _object(written: str) -> dict[str, Any]:
    """The JSON object that a text is; an empty one for any other, such as one that was changed before."""
    try:
        kept = json.loads(written)
    except ValueError:
        return {}
    return kept if isinstance(kept, dict) else {}


def _inside(draw: st.DrawFn, payload: Any, at: Path, ids: Sequence[str]) -> str:
    """Change what a form was opened with."""
    view = payload.get("view")
    if not isinstance(view, dict) or not isinstance(view.get("private_metadata"), str):
        return _odd(draw, payload, at, ids)
    kept = _object(view["private_metadata"])
    if not kept:
        return _odd(draw, payload, at, ids)
    name = _one_of(draw, sorted(kept))
    kept[name] = _one_of(draw, _one_of(draw, [ids, ODD]))
    view["private_metadata"] = json.dumps(kept)
    return f"kept {name}"


def _gone(draw: st.DrawFn, payload: Any, at: Path, ids: Sequence[str]) -> str:
    del part(payload, at[:-1])[at[-1]]
    return f"gone {at}"


def _extra(draw: st.DrawFn, payload: Any, at: Path, ids: Sequence[str]) -> str:
    whole, odd = part(payload, at[:-1]), copy.deepcopy(_one_of(draw, ODD))
    if isinstance(whole, dict):
        names = ["id", "value", "prefer", "request_id", "is_cautioned", "x", "selected_user", "files"]
        whole[_one_of(draw, names)] = odd
    else:
        whole.append(odd)
    return f"extra {at}"


def _nested(draw: st.DrawFn, payload: Any, at: Path, ids: Sequence[str]) -> str:
    held = part(payload, at)
    part(payload, at[:-1])[at[-1]] = _one_of(draw, [[held], {"value": held}, [held, held], {"id": held}])
    return f"nested {at}"


def _repeated(draw: st.DrawFn, payload: Any, at: Path, ids: Sequence[str]) -> str:
    held = part(payload, at)
    if isinstance(held, str | list):
        part(payload, at[:-1])[at[-1]] = held * _one_of(draw, [2, 3, 50])
    return f"repeated {at}"


def _elsewhere(draw: st.DrawFn, payload: Any, at: Path, ids: Sequence[str]) -> str:
    """Let the payload say that whoever sends it belongs to another workspace or organisation."""
    home = _one_of(draw, ["T0OTHER", "T0PARTNERS", "E0OTHER"])
    if isinstance(payload.get("user"), dict):
        grid = {"enterprise_user": {"enterprise_id": home}} if home.startswith("E") else {"team_id": home}
        payload["user"] = {**payload["user"], **grid}
    elif isinstance(payload.get("event"), dict):
        payload["event"][_one_of(draw, ["user_team", "source_team"])] = home
    return f"from {home}"


CHANGES = (_elsewhere, _odd, _odd, _other_id, _other_id, _inside, _gone, _extra, _nested, _repeated)


def drawn(
    corpus: Sequence[Recorded], people: Sequence[str], ids: Sequence[str], count: int, number: int
) -> list[Sending]:
    """So many payloads to send, as many of each name as of the others; a *number* draws the same."""
    names = sorted({(it.kind, it.name) for it in corpus})
    found = list[Sending]()
    for place in range(len(names)):
        share = count // len(names) + (place < count % len(names))
        kind, name = names[(place + number) % len(names)]
        alike = [it for it in corpus if (it.kind, it.name) == (kind, name)]
        found += _of_one_name(alike, people, ids, share, number * len(names) + place)
    random.Random(number).shuffle(found)
    return found


def _of_one_name(
    alike: Sequence[Recorded], people: Sequence[str], ids: Sequence[str], count: int, number: int
) -> list[Sending]:
    found = list[Sending]()

    @st.composite
    def sendings(draw: st.DrawFn) -> Sending:
        return _sending(draw, alike, people, ids)

    @seed(number)
    @settings(
        max_examples=max(count, 1),
        phases=[Phase.generate],
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(sendings())
    def collect(sending: Sending) -> None:
        found.append(sending)

    collect()
    return found[:count]
