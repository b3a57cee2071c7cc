"""The commands about manifest.yml: check it, hand its Slack part to Slack, list its topics."""

import json
import sys
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from textwrap import shorten
from typing import Any

import click

from handlers.conversations import ALL
from kernel.topics import Catalogue, Topic
from matching.meaning.static_vectors import shipped
from matching.topics.guesser import by_the_shipped_table
from matching.topics.tagging import FILE_AT_ONCE, Suggestion
from matching.topics.word_drafts import drafted
from slackapp.commands.terminal import MOST_TOLD, say, show
from slackapp.manifest.export import as_json, as_yaml, base_url, create_link, for_http, for_socket_mode
from slackapp.manifest.manifest import Manifest, read_file
from slackapp.manifest.problems import ManifestProblem

FILE = click.option(
    "--file",
    "path",
    type=click.Path(path_type=Path),
    default=Path("manifest.yml"),
    envvar="WAYMARK_MANIFEST",
    show_default=True,
    show_envvar=True,
    help="The manifest.",
)
JSON = click.option("--json", "is_json", is_flag=True, help="Print JSON.")


class BaseUrl(click.ParamType[str]):
    """A public address without a path of its own."""

    name = "URL"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The address as all others begin."""
        try:
            return base_url(str(value))
        except ValueError as error:
            self.fail(f"{value}: {error}", param, ctx)


BASE_URL = click.option(
    "--base-url", type=BaseUrl(), help="Where Slack reaches the app by HTTP. Without it: Socket Mode."
)


@click.group(epilog="Example: waymark manifest check")
def manifest() -> None:
    """Check manifest.yml, and hand its upper part to Slack."""


@manifest.command(epilog="Example: waymark manifest check")
@FILE
@JSON
def check(path: Path, is_json: bool) -> None:
    """Say everything that is wrong: file, line, column, and what to write instead.

    Ends with 1 if something has to be changed before the file can be used.
    """
    reading = read_file(path, ALL.features.policy)
    if is_json:
        show(json.dumps([_as_data(problem) for problem in reading.problems], indent=2))
    else:
        _print(reading.problems)
    if reading.manifest is None:
        sys.exit(1)
    if not is_json:
        say(f"{path}: good, {len(reading.manifest.topics)} topics")


@manifest.command(epilog="Example: waymark manifest export --base-url https://waymark.example.com")
@FILE
@BASE_URL
@JSON
def export(path: Path, base_url: str | None, is_json: bool) -> None:
    """Print what Slack accepts: its own part alone, for Socket Mode or for HTTP."""
    slack = _for_slack(_opened(path), base_url)
    show((as_json(slack) if is_json else as_yaml(slack)).rstrip("\n"))


@manifest.command(epilog="Example: waymark manifest link")
@FILE
@BASE_URL
def link(path: Path, base_url: str | None) -> None:
    """Print an address that opens Slack with everything filled in to create the app."""
    say(create_link(_for_slack(_opened(path), base_url)))


@click.group(epilog="Example: waymark topics list")
def topics() -> None:
    """Look at the topics that people ask about."""


@topics.command("list", epilog="Example: waymark topics list --json")
@FILE
@JSON
def list_topics(path: Path, is_json: bool) -> None:
    """List the topics as they stand in the manifest, each below its parent."""
    catalogue = _opened(path).topics
    if is_json:
        data = [topic.model_dump(mode="json") for topic in catalogue.all]
        show(json.dumps(data, indent=2, ensure_ascii=False))
        return
    lines = [_line(topic, depth) for topic, depth in _family(catalogue, None, 0)]
    for line in _table([("topic", "label", "whom to ask", "channel", "also called"), *lines]):
        say(line)


@topics.command("suggest-words", epilog="Example: waymark topics suggest-words sql hiring --most 30")
@click.argument("ids", nargs=-1, metavar="[TOPIC]...")
@click.option(
    "--most", default=40, show_default=True, type=click.IntRange(1, 200), help="Words for each topic."
)
@FILE
@JSON
def suggest_words(ids: tuple[str, ...], most: int, path: Path, is_json: bool) -> None:
    """Draft `words:` for topics: what is near to them in meaning, and to no other topic as near.

    Without ids: for each topic that has no words yet. Somebody who knows the subject should read them, take
    out what does not fit, and paste the rest below the topic. The file is not changed.
    """
    catalogue = _opened(path).topics
    unknown = [id for id in ids if id not in catalogue]
    if unknown:
        raise click.BadParameter(f"no topic in {path} has the id {unknown[0]}", param_hint="TOPIC")
    wanted = ids or [topic.id for topic in catalogue.all if not topic.words]
    drafts = drafted([topic.in_words for topic in catalogue.all], shipped(), most)
    if is_json:
        show(json.dumps({id: drafts[id] for id in wanted}, indent=2, ensure_ascii=False))
        return
    for id in wanted:
        say(f"  - id: {id}")
        say(f"    words: {', '.join(drafts[id])}" if drafts[id] else "    # nothing is near enough")


@topics.command(epilog="Example: waymark topics guess 'How do I find out why a query is slow?'")
@click.argument("question")
@FILE
@JSON
def guess(question: str, path: Path, is_json: bool) -> None:
    """Say which topics a question would find, how likely each is, and by which of its words.

    By the manifest alone, without what a workspace has learned. From .90 on a question is filed at once.
    """
    found = by_the_shipped_table(topic.in_words for topic in _opened(path).topics.all).suggest(question)
    if is_json:
        show(json.dumps([asdict(each) for each in found], indent=2, ensure_ascii=False))
        return
    for line in _table([("topic", "chance", "by"), *map(_guessed, found)] if found else [("No topic.",)]):
        say(line)


def _guessed(each: Suggestion) -> tuple[str, ...]:
    words = ", ".join(f"“{word}”" for word in each.evidence) or f"like “{each.nearest}”"
    at_once = " (filed at once)" if each.exact or each.confidence >= FILE_AT_ONCE else ""
    return each.topic_id, f"{each.confidence:.2f}{at_once}", words


def _opened(path: Path) -> Manifest:
    """The manifest, or end the program after saying what is wrong with it."""
    reading = read_file(path, ALL.features.policy)
    _print(reading.problems, is_error=True)
    if reading.manifest is None:
        sys.exit(1)
    return reading.manifest


def _for_slack(opened: Manifest, base_url: str | None) -> dict[str, Any]:
    return for_http(opened, base_url) if base_url else for_socket_mode(opened)


def _print(problems: Iterable[ManifestProblem], *, is_error: bool = False) -> None:
    told = list(problems)
    for problem in told[:MOST_TOLD]:
        say(str(problem), err=is_error)
    if len(told) > MOST_TOLD:
        say(f"and {len(told) - MOST_TOLD} more", err=is_error)


def _as_data(problem: ManifestProblem) -> dict[str, str | int | bool]:
    return {
        "file": problem.file,
        "line": problem.place.line,
        "column": problem.place.column,
        "is_error": problem.is_error,
        "sentence": problem.sentence,
    }


def _family(catalogue: Catalogue, parent: str | None, depth: int) -> Iterable[tuple[Topic, int]]:
    """Yield the topics below *parent*, each followed by those below it, with how deep they stand."""
    for topic in catalogue.all:
        if topic.parent == parent:
            yield topic, depth
            yield from _family(catalogue, topic.id, depth + 1)


def _line(topic: Topic, depth: int) -> tuple[str, ...]:
    lanes = " › ".join(topic.lanes)
    aliases = shorten(", ".join(topic.aliases), 60, placeholder=" …")
    return "  " * depth + topic.id, topic.label, lanes, topic.channel or "–", aliases


def _table(rows: list[tuple[str, ...]]) -> Iterable[str]:
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
