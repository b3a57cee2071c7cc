"""From what a decision changes to the keys and words of one run of commit.lua; pure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from kernel.kinds import Owners
from kernel.store import Changes, Due, Key, Later, Never, Show
from kernel.values import Document
from storage.connection.keys import CARD, GROUP, WorkspaceKeys, entry_of
from storage.connection.timestamps import micros
from storage.documents.reading import Reading

CHANGES_KEPT = 10_000
ONCE_SECONDS = 25 * 3600

Word = str | int
Belongings = Mapping[str, Collection[str]]
NOTHING: Belongings = MappingProxyType({})
OWN_CARDS = Owners({})


@dataclass(slots=True)
class CommitPlan:
    """The arguments of one commit, gathered section by section."""

    at: WorkspaceKeys
    keys: list[str] = field(default_factory=list)
    words: list[Word] = field(default_factory=list)
    _numbers: dict[str, int] = field(default_factory=dict)

    def number(self, key: str) -> int:
        """The place of a key in KEYS, counted from one; it is added when it is new."""
        if key not in self._numbers:
            self.keys.append(key)
            self._numbers[key] = len(self.keys)
        return self._numbers[key]

    def section(self, records: Sequence[Sequence[Word]]) -> None:
        """Add a number of records, preceded by how many there are."""
        self.words.append(len(records))
        for record in records:
            self.words.extend(record)


@dataclass(frozen=True, slots=True)
class Edit:
    """One document before and after; None where there is none."""

    key: Key
    before: Document | None
    after: Document | None


def edits_of(read: Reading, changes: Changes) -> list[Edit]:
    """What is put and dropped, also what is put as it was; raise Unread for what was not read yet."""
    after: dict[Key, Document | None] = {}
    puts = [(Key(type(document), document.id), document) for document in changes.put]
    for key, document in [*puts, *((key, None) for key in changes.drop)]:
        if key in after:
            raise ValueError(f"one commit changes {key.type.kind}:{key.id} twice")
        after[key] = document
    read.need(after)
    return [Edit(key, read.find(key.type, key.id), document) for key, document in after.items()]


def plan_of(
    at: WorkspaceKeys,
    read: Reading,
    changes: Changes,
    *,
    once: str | None = None,
    due: Due | None = None,
    watched: frozenset[str] = frozenset(),
    belongings: Belongings = NOTHING,
    owners: Owners = OWN_CARDS,
) -> CommitPlan:
    """The arguments with which commit.lua writes these changes, if all that was read still holds.

    *belongings* are the cards and messages of the documents to drop, by these documents' names.
    """
    every = edits_of(read, changes)
    edits = [edit for edit in every if edit.before != edit.after]
    plan = begin(at, once=once, due=due)
    # What was loaded for nothing is not checked, so that nobody has to decide again because of it.
    plan.section(
        [(plan.number(_key(at, key)), held.version) for key, held in read.held.items() if key in read.used]
    )
    put = [(edit.key, edit.after) for edit in edits if edit.after is not None]
    plan.section([(plan.number(_key(at, key)), document.model_dump_json()) for key, document in put])
    plan.section([(plan.number(_key(at, edit.key)),) for edit in edits if edit.after is None])
    moves = [(name, *move) for edit in edits for name, move in _moves(edit).items()]
    plan.section([(plan.number(at.list(name)), score, id) for name, score, id in moves])
    # Also of what is put as it was: so that it gets a gist which an earlier release gave none.
    gists = [(name, edit.key.id, gist) for edit in every for name, gist in _gists(edit).items()]
    plan.section([(plan.number(at.gists(name)), id, gist) for name, id, gist in gists])
    plan.section([_appointment(at, entry) for entry in changes.later])
    plan.section([_notice(plan, show, owners) for show in dict.fromkeys(changes.show)])
    changed = [edit.key for edit in edits if edit.key.type.kind in watched]
    plan.section([(f"{key.type.kind}:{key.id}",) for key in changed])
    _forget(plan, belongings)
    return plan


def orphans_of(at: WorkspaceKeys, owner: str, belongings: Collection[str]) -> CommitPlan:
    """The arguments that take away what belongs to a document, if there is no such document."""
    plan = begin(at)
    plan.section([(plan.number(at.named(owner)), 0)])
    for _ in range(7):
        plan.section([])
    _forget(plan, {owner: belongings})
    return plan


def begin(at: WorkspaceKeys, *, once: str | None = None, due: Due | None = None) -> CommitPlan:
    """A plan that has its fixed keys and says what guards the commit."""
    plan = CommitPlan(at)
    shard = at.shard
    of_shard = (shard.sequence, shard.agenda, shard.lives, shard.due, shard.notices)
    for key in (*of_shard, at.changes, at.stay, at.installation, shard.postponed, shard.failures):
        plan.number(key)
    plan.words += [GROUP, CHANGES_KEPT, ONCE_SECONDS]
    plan.section([] if once is None else [(plan.number(at.once(once)),)])
    plan.section([] if due is None else [_guard(at, due)])
    return plan


def only_guards(at: WorkspaceKeys, due: Due) -> CommitPlan:
    """A plan that takes a superseded entry out of the stream and writes nothing."""
    plan = begin(at, due=due)
    for _ in range(10):
        plan.section([])
    return plan


def _forget(plan: CommitPlan, belongings: Belongings) -> None:
    """Add what goes with the documents that are dropped."""
    at = plan.at
    plan.section([(plan.number(at.belongings(owner)), len(all)) for owner, all in belongings.items()])
    members = [member for all in belongings.values() for member in all]
    plan.section([(plan.number(at.belonging(member)), _delivered_as(at, member)) for member in members])


def _delivered_as(at: WorkspaceKeys, member: str) -> str:
    """The name under which delivery knows a card; nothing for a message."""
    return f"{at.workspace} {member.removeprefix(CARD)}" if member.startswith(CARD) else ""


def _guard(at: WorkspaceKeys, due: Due) -> tuple[Word, ...]:
    return entry_of(at.workspace, due.kind, due.thing), due.generation, due.entry


def _key(at: WorkspaceKeys, key: Key) -> str:
    return at.document(key.type.kind, key.id)


def _moves(edit: Edit) -> Mapping[str, tuple[Word, str]]:
    before = edit.before.lists() if edit.before else {}
    after = edit.after.lists() if edit.after else {}
    gone: dict[str, tuple[Word, str]] = {name: ("", edit.key.id) for name in before if name not in after}
    # Scores are negative, so that Redis returns the newest first and equals in order of id.
    new = {name: (-micros(at), edit.key.id) for name, at in after.items() if before.get(name) != at}
    return gone | new


def _gists(edit: Edit) -> Mapping[str, str]:
    before = edit.before.gists() if edit.before else {}
    after = edit.after.gists() if edit.after else {}
    return {name: "" for name in before if name not in after} | dict(after)


def _appointment(at: WorkspaceKeys, change: Later | Never) -> tuple[Word, Word]:
    entry = entry_of(at.workspace, change.kind, change.thing)
    return entry, micros(change.at) if isinstance(change, Later) else ""


def _notice(plan: CommitPlan, show: Show, owners: Owners) -> tuple[Word, ...]:
    at, owner = plan.at, owners.of(show.thing, show.to)
    entry_of(at.workspace, show.to, show.thing)
    needed: Word = "" if owners.outlive(show.thing) else plan.number(at.named(owner))
    whose = plan.number(at.belongings(owner))
    return plan.number(at.card(show.to, show.thing)), show.to, show.thing, at.workspace, needed, whose
