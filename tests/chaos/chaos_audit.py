"""Reads what is stored, and what stands in Slack, and says what is not as people were answered."""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Any

import chaos_promises
from chaos_people import Answer

from handlers.conversations import ALL
from kernel.kinds import Owners
from mentoring.model import check
from playground.driver import Playground
from playground.workspace.messages import Message
from playground.workspace.view_state import elements
from slackapp.delivery.postings import EVENT
from slackapp.workspaces.workspaces import AppStores, Place
from storage.connection.keys import ALL_SHARDS, keys_of, parts_of
from storage.connection.wire import Wire, pairs
from storage.queues.dead_letters import count_dead

Facts = Mapping[str, Any]
# What each kind of answer promises of the thing whose message was pressed.
BEFORE = {"answered": "pending", "wrapped": "open", "thanked": "asked", "followed": "asked"}
HOME = "home"
WEEK_MINUTES, TALKS = 60, 2
MADE_WAY = "this one made way"  # what stands in the place of a text that was too many, and gone since
OWNERS = Owners(ALL.features.cards)
MARK = re.compile(r"\bx\d+x\b")
FAILED = ("not delivered yet", "undeliverable", "duty failed", "work failed", "loop failed")


@dataclass
class Findings:
    """What was found under each heading, and how much was looked at."""

    faults: dict[str, list[str]] = field(default_factory=dict)
    looked_at: Counter[str] = field(default_factory=Counter)
    doubled: list[str] = field(default_factory=list)
    counted: int = 0

    def note(self, heading: str, found: Iterable[str]) -> None:
        """Add what was found, be it nothing."""
        self.faults.setdefault(heading, []).extend(found)


@dataclass(frozen=True)
class Stored:
    """Everything of the workspace in Redis: documents by kind and id, cards, and whose each message is."""

    documents: Mapping[tuple[str, str], Facts]
    cards: Mapping[str, Mapping[str, str]]
    messages: Mapping[str, str]
    lists: Mapping[str, frozenset[str]]
    agenda: Mapping[tuple[str, str], float]
    endless: Counter[str]

    def of(self, kind: str) -> Iterator[tuple[str, Facts]]:
        """The documents of a kind, by id."""
        return ((id, facts) for (its, id), facts in self.documents.items() if its == kind)

    def thing_at(self, place: str) -> tuple[str, str]:
        """The kind and id of the document that a message shows."""
        to, thing = self.messages.get(place, " ").split(" ", 1)
        kind, _, id = OWNERS.of(thing, to).partition(":")
        return kind, id

    def at(self, place: str) -> Facts | None:
        """The document that a message shows."""
        return self.documents.get(self.thing_at(place))

    def feedback_at(self, place: str) -> Facts | None:
        """What a reader was asked about the talk whose message it is."""
        to, thing = self.messages.get(place, " ").split(" ", 1)
        talk = (self.at(place) or {}).get("session_id") or thing.partition(":")[2]
        return self.documents.get(("feedback", f"{talk}.{to}"))


async def read(wire: Wire) -> Stored:
    """Read all of the playground's workspace."""
    at = keys_of(Playground.team_id)
    prefix = at.document("", "").removesuffix("doc::")
    keys = sorted(await wire.find(at.everything))
    kinds = {key: key.removeprefix(prefix).partition(":")[0] for key in keys}
    texts = [key for key in keys if kinds[key] in ("doc", "at")]
    documents = [key for key in texts if kinds[key] == "doc"]
    hashes = [key for key in keys if kinds[key] == "card"]
    sets = [key for key in keys if kinds[key] == "list"]
    values = dict(zip(texts, await wire.calls([("GET", key) for key in texts]), strict=True))
    tables = dict(zip(hashes, await wire.calls([("HGETALL", key) for key in hashes]), strict=True))
    members = zip(sets, await wire.calls([("ZRANGE", key, 0, -1) for key in sets]), strict=True)
    planned = await wire.call("ZRANGE", at.shard.agenda, 0, -1, "WITHSCORES")
    lives = zip(keys, await wire.calls([("TTL", key) for key in keys]), strict=True)
    return Stored(
        documents=dict(_document(key.removeprefix(prefix), values[key]) for key in documents),
        cards={key.removeprefix(f"{prefix}card:"): _table(table) for key, table in tables.items()},
        messages={key.removeprefix(f"{prefix}at:"): values[key] for key in texts if kinds[key] == "at"},
        lists={key.removeprefix(f"{prefix}list:"): frozenset(ids) for key, ids in members},
        agenda={parts_of(entry)[1:]: float(at) / 1_000_000 for entry, at in pairs(planned)},
        endless=Counter(kinds[key] for key, seconds in lives if seconds == -1),
    )


async def _entries(stores: AppStores) -> set[str]:
    queues = [name for shard in ALL_SHARDS for name in (shard.due, shard.notices)]
    left = await stores.wire.calls([("XRANGE", name, "-", "+") for name in queues])
    return {f"{name}: {entry}" for name, entries in zip(queues, left, strict=True) for entry in entries}


def _document(name: str, value: str) -> tuple[tuple[str, str], Facts]:
    _, kind, id = name.split(":", 2)
    return (kind, id), json.loads(value.partition(" ")[2])


def _table(answer: Any) -> Mapping[str, str]:
    return answer if isinstance(answer, Mapping) else dict(pairs(answer))


def check_answers(
    stored: Stored,
    slack: Playground,
    answers: Sequence[Answer],
    findings: Findings,
    unsure: Set[Answer] = frozenset(),
) -> None:
    """Whatever was acknowledged is there, and once.

    What was pressed later may have taken it back, and so may what is *unsure* at any time: it was not
    acknowledged, and maybe done late.
    """
    texts = Counter(_cases(str(facts.get("question", ""))) for _, facts in stored.of("request"))
    texts += Counter(_cases(str(facts.get("text", ""))) for _, facts in stored.of("draft"))
    kept = {*texts, *_anywhere(stored, slack)}
    done = {("planned", facts["person_id"]) for _, facts in stored.of("sprint")}
    done |= {("practised", facts["person_id"]) for _, facts in stored.of("sprint") if facts["check_ins"]}
    marks, missing, excused = set(kept), [], _made_way(slack)
    for answer in set(answers):
        findings.looked_at[answer.kind] += 1
        if answer.kind in BEFORE:
            found = stored.feedback_at if answer.kind == "thanked" else stored.at
            facts = found(answer.mark)
            is_there = facts is None or facts["state"] != BEFORE[answer.kind]
        elif answer.kind in ("planned", "practised"):
            is_there = (answer.kind, answer.person) in done
        elif answer.kind == "said":
            is_there = answer.mark in kept
        elif (promised := chaos_promises.holds(stored, answer, marks)) is not None:
            is_there = promised
        else:
            is_there = answer.mark in texts
        if not is_there and answer.kind == "said" and excused[answer.person]:
            excused[answer.person] -= 1
            continue
        if not is_there:
            later = answers[answers.index(answer) + 1 :]
            is_there = chaos_promises.is_taken_back(stored, answer, [*later, *unsure])
        missing += [] if is_there else [str(answer)]
    findings.note("acknowledged and missing", missing)
    findings.note("filed twice", [case for case, count in texts.items() if case and count > 1])


def _made_way(slack: Playground) -> Counter[str]:
    """How many of their texts each person was told that they made way for newer ones."""
    return Counter(
        person
        for place in slack.slack.workspace.conversations()
        for message in slack.slack.workspace.timeline(place.id).newest()
        for person in place.members
        if message.bot and MADE_WAY in message.words
    )


def _anywhere(stored: Stored, slack: Playground) -> Iterator[str]:
    """The marks of what stands in any document, or was carried to somebody."""
    for facts in stored.documents.values():
        yield from MARK.findall(json.dumps(facts))
    for place in slack.slack.workspace.conversations():
        for message in slack.slack.workspace.timeline(place.id).newest():
            yield from MARK.findall(message.words) if message.bot else ()


def _cases(text: str) -> str:
    return next(iter(MARK.findall(text)), "")


def check_rules(stored: Stored, findings: Findings) -> None:
    """One talk a question; no helper beyond talks and minutes; what counts others agrees with them."""
    talks, taken = Counter[str](), defaultdict[str, set[str]](set)
    sessions = dict(stored.of("session"))
    for id, facts in sessions.items():
        talks[facts["request_id"]] += 1
        if facts["state"] == "open":
            taken[facts["helper_id"]].add(id)
    findings.looked_at["talks"] = talks.total()
    findings.note("accepted twice", [id for id, count in talks.items() if count > 1])
    open_asks = defaultdict[str, set[str]](set)
    for id, facts in stored.of("request"):
        if facts["state"] not in ("resolved", "withdrawn", "expired"):
            open_asks[facts["asker_id"]].add(id)
    over, wrong = [], []
    for person, load in stored.of("load"):
        # Of a second opinion the minutes are taken as they are: in writing, it can be one too many.
        minutes = sum(booking["minutes"] for booking in load["bookings"] if booking["session_id"] in sessions)
        if len(load["open_sessions"]) > TALKS or minutes > WEEK_MINUTES:
            over.append(f"{person}: {len(load['open_sessions'])} talks, {minutes} minutes")
        if set(load["open_sessions"]) != taken[person] or set(load["open_requests"]) != open_asks[person]:
            wrong.append(person)
    findings.note("overbooked", over)
    findings.note("loads that do not add up", wrong)
    for heading, found in chaos_promises.broken_rules(stored).items():
        findings.note(heading, found)


def check_follow_ups(stored: Stored, findings: Findings) -> None:
    """Some days after a talk the asker was asked what came of it, or will be, unless somebody reported it.

    Who has been sent as much as anybody gets unasked in a week is asked later.
    """
    asked = {facts["session_id"] for _, facts in stored.of("check")}
    asked |= {check.parts_of(thing)[0] for kind, thing in stored.agenda if kind == check.ASK_CHECK}
    talks = [(id, facts) for id, facts in stored.of("session") if not facts["reported_by"]]
    ended = [id for id, facts in talks if facts["state"] != "open"]
    findings.looked_at["talks that ended"] = len(ended)
    findings.note("follow-ups missing", [id for id in ended if id not in asked])


async def check_cards(stored: Stored, place: Place, slack: Playground, findings: Findings) -> None:
    """Each card shows what is true now, in a message that is there."""
    old = []
    for name, card in stored.cards.items():
        to, thing = name.split(" ", 1)
        findings.looked_at["cards"] += 1
        if int(card["wanted"]) > int(card.get("shown", 0)) or "posting" in card or "old" in card:
            old.append(f"{name}: not finished")
            continue
        if thing == HOME or not card.get("ts"):
            continue
        message = slack.slack.workspace.timeline(card["channel"]).get(card["ts"])
        picture = await ALL.paint(place.desk, thing, to, slack.now())
        if message is None or message.deleted:
            old.append(f"{name}: no message")
        elif picture is not None and picture.state != card["state"]:
            old.append(f"{name}: {card['state']} in the place of {picture.state}")
    findings.note("cards that show an old state", old)


def check_messages(stored: Stored, slack: Playground, findings: Findings) -> None:
    """Each message of a card belongs to it; another one was posted twice, unless its thing is gone since."""
    own = [message for message in _posted(slack) if not message.deleted]
    findings.looked_at["messages"] = len(own)
    strange = [message for message in own if f"{message.conversation} {message.ts}" not in stored.messages]
    findings.doubled = [
        f"{message.conversation} {message.ts} {message.words[:200]!r}"
        for message in strange
        if MADE_WAY not in message.words and not _shows_what_is_gone(message, stored)
    ]


def _shows_what_is_gone(message: Message, stored: Stored) -> bool:
    """Whether its buttons are about things of which none is stored any more."""
    about = {word for _, it in elements(message.blocks) for word in str(it.get("value") or "").split()}
    return bool(about) and about.isdisjoint(id for _, id in stored.documents)


def _posted(slack: Playground) -> Iterator[Message]:
    """The messages of cards: in the app's own conversations those that say so."""
    for place in slack.slack.workspace.conversations():
        for message in slack.slack.workspace.timeline(place.id).newest():
            is_card = place.kind == "mpim" or (message.metadata or {}).get("event_type") == EVENT
            if message.bot and not message.ephemeral and is_card:
                yield message


def check_log(lines: Iterable[str], findings: Findings) -> None:
    """No work of the background failed by anything but Slack or Redis being away."""
    said = [json.loads(line) for line in lines if line.startswith("{")]
    findings.looked_at["lines of the log"] = len(said)
    findings.note("work that failed", [str(entry)[:1500] for entry in said if entry["event"] in FAILED])


async def check_queues(stores: AppStores, work: Callable[[], Awaitable[object]], findings: Findings) -> None:
    """Nothing is left lying by whoever does *work* what there is; nothing was given up."""
    before = await _entries(stores)
    await work()
    findings.note("entries that nobody takes", before & await _entries(stores) if before else ())
    letters = await stores.agenda.dead()
    findings.note("dead letters", [f"{it.kind} {it.thing} {it.error}" for it in letters])
    findings.looked_at["dead letters"] = await count_dead(stores.wire)
    findings.counted = await stores.notices.maybe_doubled()
