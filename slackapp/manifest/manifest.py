"""Reads manifest.yml: Slack's part, topics, policy and sprints; finds everything that is wrong in one go."""

import errno
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path as FilePath
from typing import Any, TypeVar

from pydantic import BaseModel

from kernel.policy import Policy
from kernel.sprint_templates import MAX_TEMPLATES, SprintTemplate, topicless, twins
from kernel.topics import MAX_TOPICS, Catalogue, Flaw, FlawKind, Topic, flaws
from slackapp.manifest.problems import (
    ManifestProblem,
    Reporter,
    called,
    empties,
    suggestion,
    validated,
    where,
    without,
)
from slackapp.manifest.slack_manifest import SlackManifest
from slackapp.manifest.slack_rules import unmet
from slackapp.manifest.yaml_tree import Data, Path, Position, Tree, UnreadableYaml, read_tree
from slackapp.process.system_refusals import unreadable

M = TypeVar("M", bound=BaseModel)

MAX_BYTES = 512 * 1024
FAULTS_OF_THE_FILE = frozenset(
    [
        errno.ENOENT,
        errno.ENOTDIR,
        errno.EISDIR,
        errno.EACCES,
        errno.EPERM,
        errno.ELOOP,
        errno.ENAMETOOLONG,
    ]
)
OWN = ("topics", "policy", "sprints")
TOPICS: Path = ("topics",)
POLICY: Path = ("policy",)
SPRINTS: Path = ("sprints",)


@dataclass(frozen=True)
class Manifest:
    """What admins steer with: Slack's part as plain data, the topics, the policy, and suggested sprints."""

    slack: Mapping[str, Any]
    topics: Catalogue
    policy: Policy
    sprints: tuple[SprintTemplate, ...] = ()


@dataclass(frozen=True)
class ManifestReading:
    """What came of a file: a manifest, unless a problem is an error. Problems come in the order of lines."""

    manifest: Manifest | None
    problems: tuple[ManifestProblem, ...] = ()


def read_file(path: FilePath, rules: type[Policy] = Policy) -> ManifestReading:
    """Read a manifest with a policy of these *rules*; a file that cannot be opened is a problem like any."""
    try:
        content = content_of(path)
    except OSError as error:
        content = _unreadable(path, error)
    return content if isinstance(content, ManifestReading) else read_bytes(content, str(path), rules)


def content_of(path: FilePath) -> bytes | ManifestReading:
    """What a file holds, up to one byte too many, or a reading that says why it cannot be read.

    Raises OSError where that says nothing about the file: the process has too many open, the disk fails …
    """
    try:
        if path.exists() and not path.is_file():
            return _broken(str(path), Position(1, 1), "this is no file")
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        if error.errno not in FAULTS_OF_THE_FILE:
            raise
        return _unreadable(path, error)


def read_bytes(content: bytes, name: str, rules: type[Policy] = Policy) -> ManifestReading:
    """Read a manifest from a file's content."""
    if len(content) > MAX_BYTES:
        return _broken(name, Position(1, 1), f"the file is larger than {MAX_BYTES // 1024} kB")
    try:
        return read(content.decode("utf-8-sig"), name, rules)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        return _broken(name, Position(line, 1), "this is not UTF-8: save the file as UTF-8")


def read(text: str, name: str = "manifest.yml", rules: type[Policy] = Policy) -> ManifestReading:
    """Read a manifest from its text; *name* is how problems call the file, *rules* what its policy knows."""
    reading = _read(text, rules)
    return replace(reading, problems=tuple(replace(problem, file=name) for problem in reading.problems))


@lru_cache(maxsize=8)
def _read(text: str, rules: type[Policy]) -> ManifestReading:
    """Read what a file of any name holds.

    The last few are kept: reading takes 0.2 s, and one process may read the same text several times.
    """
    name = ""
    tree = read_tree(text)
    if isinstance(tree, UnreadableYaml):
        return _broken(name, tree.place, tree.sentence)
    if tree.data is None:
        return _broken(name, Position(1, 1), "the file is empty")
    if not isinstance(tree.data, dict):
        return _broken(
            name, Position(1, 1), "a manifest is a group of keys: `display_information:`, `topics:` …"
        )
    parts = _Parts(Reporter(name, tree), tree, rules)
    manifest = parts.manifest(tree.data)
    problems = tuple(sorted(set(parts.problems), key=lambda it: (it.place, it.sentence)))
    return ManifestReading(None if any(problem.is_error for problem in problems) else manifest, problems)


def _unreadable(path: FilePath, error: OSError) -> ManifestReading:
    return _broken(str(path), Position(1, 1), unreadable(error))


def _broken(name: str, place: Position, sentence: str) -> ManifestReading:
    return ManifestReading(None, (ManifestProblem(name, place, sentence),))


class _Parts:
    """Reads the parts of one file, and collects what is wrong with them."""

    def __init__(self, report: Reporter, tree: Tree, rules: type[Policy]) -> None:
        self.problems: list[ManifestProblem] = []
        self._report = report
        self._tree = tree
        self._rules = rules

    def manifest(self, data: dict[str, Data]) -> Manifest | None:
        """The manifest as far as it can be read; it is whole if no problem is an error."""
        empty = [path for path in empties(data) if path not in (TOPICS, POLICY, SPRINTS)]
        self.problems += self._doubles()
        self.problems += [self._empty(path) for path in empty]
        filled = without(data, empty)
        slack = {key: value for key, value in filled.items() if key not in OWN}
        self._slack(slack)
        topics = self._topics(filled.get("topics"))
        policy = self._part(self._rules, filled.get("policy") or {}, POLICY)
        catalogue = Catalogue(tuple(topics))
        sprints = self._sprints(filled.get("sprints") or [], catalogue)
        self.problems += self._traps()
        return Manifest(slack, catalogue, policy, tuple(sprints)) if policy else None

    def _doubles(self) -> Iterator[ManifestProblem]:
        for path, place in self._tree.doubles.items():
            first = self._tree.keys[path].line
            yield ManifestProblem(
                self._report.file, place, f"`{path[-1]}` stands here twice: also in line {first}"
            )

    def _empty(self, path: Path) -> ManifestProblem:
        return self._report.at_key(path, f"{called(path)} is empty: give it a value, or leave it out")

    def _traps(self) -> Iterator[ManifestProblem]:
        told = {problem.place for problem in self.problems}
        for path in self._tree.traps:
            if self._tree.place(path) not in told:
                word = self._tree.raw[path]
                sentence = f"some programs read `{word}` as true or false: put it in quotes"
                yield self._report.at(path, sentence, is_error=False)

    def _part(self, model: type[M], data: Data, prefix: Path) -> M | None:
        """A part as far as it is right, so that other checks can go on; None when too little is."""
        part, errors = validated(model, json.dumps(data))
        told = [
            error
            for error in errors
            if error["type"] != "missing" or (*prefix, *error["loc"]) not in self._tree.keys
        ]
        self.problems += [self._report.invalid(error, prefix, model, OWN) for error in told]
        if errors and isinstance(data, dict):
            part, _ = validated(model, json.dumps(without(data, [error["loc"] for error in errors])))
        return part

    def _slack(self, data: dict[str, Data]) -> None:
        """Note what is wrong in Slack's part, and between its parts once each is right by itself."""
        before = len(self.problems)
        slack = self._part(SlackManifest, data, ())
        if slack and len(self.problems) == before:
            self.problems += [self._report.at(rule.path, rule.sentence) for rule in unmet(slack)]

    def _topics(self, data: Data) -> list[Topic]:
        """The topics that can be read, and note what is wrong with each and between them."""
        if not data or not isinstance(data, list):
            sentence = "`topics` should be a list of topics, each beginning with `- id:`"
            self.problems.append(self._report.at_key(TOPICS, sentence))
            return []
        if len(data) > MAX_TOPICS:
            self.problems.append(self._report.at(TOPICS, f"there may be at most {MAX_TOPICS} topics"))
        read = [
            (index, self._part(Topic, raw, (*TOPICS, index))) for index, raw in enumerate(data[:MAX_TOPICS])
        ]
        whole = [(index, topic) for index, topic in read if topic]
        ids = [str(raw["id"]) for raw in data if isinstance(raw, dict) and raw.get("id")]
        topics, places = [topic for _, topic in whole], [index for index, _ in whole]
        self.problems += [self._flaw(flaw, places, ids) for flaw in flaws(topics, known=ids)]
        return topics

    def _sprints(self, data: Data, topics: Catalogue) -> list[SprintTemplate]:
        """The suggested sprints that can be read, and note what is wrong with them."""
        if not isinstance(data, list):
            sentence = "`sprints` should be a list of sprints, each beginning with `- id:`"
            self.problems.append(self._report.at_key(SPRINTS, sentence))
            return []
        if len(data) > MAX_TEMPLATES:
            self.problems.append(self._report.at(SPRINTS, f"there may be at most {MAX_TEMPLATES} sprints"))
        read = [
            (index, self._part(SprintTemplate, raw, (*SPRINTS, index)))
            for index, raw in enumerate(data[:MAX_TEMPLATES])
        ]
        whole = [(index, sprint) for index, sprint in read if sprint]
        sprints, places = [sprint for _, sprint in whole], [index for index, _ in whole]
        for at, first in twins(sprints):
            line = self._tree.place((*SPRINTS, places[first])).line
            sentence = f"the id `{sprints[at].id}` is taken by the sprint in line {line}"
            self.problems.append(self._report.at((*SPRINTS, places[at], "id"), sentence))
        for at in topicless(sprints, topics.parents):
            given = str(sprints[at].topic)
            sentence = (
                f"there is no topic `{given}`; {suggestion(given, list(topics.parents), 'the topics are')}"
            )
            self.problems.append(self._report.at((*SPRINTS, places[at], "topic"), sentence))
        return sprints

    def _flaw(self, flaw: Flaw, places: Sequence[int], ids: Sequence[str]) -> ManifestProblem:
        path: Path = (*TOPICS, places[flaw.index], flaw.field)
        path = path if flaw.item is None else (*path, flaw.item)
        other: Path = (*TOPICS, places[flaw.other]) if flaw.other is not None else ()
        line = self._tree.place(other).line
        sentence = FLAWS[flaw.kind].format(value=flaw.value, other=where(other, self._tree.data), line=line)
        if flaw.kind is FlawKind.NO_SUCH_PARENT:
            sentence = f"{sentence}; {suggestion(flaw.value, ids, 'the topics are')}"
        return self._report.at(path, sentence, is_error=flaw.kind not in MILD)


FLAWS = {
    FlawKind.SAME_ID: "the id `{value}` is taken by the topic in line {line}",
    FlawKind.SAME_LABEL: "`{value}` is also the label of {other} in line {line}",
    FlawKind.SAME_ALIAS: "`{value}` is also a name of {other} in line {line}: it will count half for each",
    FlawKind.ALIAS_TWICE: "`{value}` is a name of this topic already",
    FlawKind.NO_SUCH_PARENT: "there is no topic `{value}`",
    FlawKind.CYCLE: "these topics are parents of one another: {value}",
}
MILD = (FlawKind.SAME_ALIAS, FlawKind.ALIAS_TWICE)
