"""Two releases at once: what another one wrote is read, kept whole, or left alone; nothing else stops."""

import importlib
import json
import pkgutil
from collections.abc import Iterator
from dataclasses import is_dataclass
from pathlib import Path
from typing import Any, get_args

import pytest
from app_world import World
from make import ADA, ASKER, BEN, helper, person
from office import Office
from pydantic import BaseModel

import coaching
import kernel
import mentoring
import relationships
from kernel.errors import Unreadable
from kernel.store import Changes, Key
from kernel.values import Document, Kept
from mentoring.model.offer import Offer
from mentoring.model.person import Person
from storage import Installation
from storage.connection.keys import keys_of

AIKO, MAYA, RAJ = "U0AIKO", "U0MAYA", "U0RAJ"
WRITTEN = [
    (line["kind"], line["json"])
    for line in map(
        json.loads, (Path(__file__).parents[1] / "data/documents_0_1.jsonl").read_text().splitlines()
    )
]


def kinds() -> dict[str, type[Document]]:
    """Every kind of document that the app stores."""
    for package in (kernel, mentoring, coaching, relationships):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            importlib.import_module(module.name)
    ours = ("kernel.", "mentoring.", "coaching.", "relationships.")
    return {it.kind: it for it in Document.__subclasses__() if it.__module__.startswith(ours)}


KINDS = kinds()


def values_in(annotation: Any) -> Iterator[type]:
    """Yield every class of values that a field may hold, those inside them included."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
        for field in annotation.model_fields.values():
            yield from values_in(field.annotation)
    elif is_dataclass(annotation) and isinstance(annotation, type):
        yield annotation
    for part in get_args(annotation):
        yield from values_in(part)


def of_the_future(value: Any, shape: Any) -> Any:
    """Stored JSON with a field more in every value that this release knows as one."""
    if isinstance(shape, type) and issubclass(shape, BaseModel):
        fields = shape.model_fields
        known = {
            name: of_the_future(value[name], fields[name].annotation) for name in value if name in fields
        }
        return {**value, **known, "of_tomorrow": {"is": ["kept"]}}
    parts = get_args(shape)
    if isinstance(value, list) and parts:
        return [of_the_future(it, parts[0]) for it in value]
    if value is not None and any(isinstance(it, type) and issubclass(it, BaseModel) for it in parts):
        return of_the_future(value, parts[0])
    return value


async def raw(office: Office, key: Key) -> dict[str, Any]:
    """The JSON of a document as it lies in Redis."""
    text = await office.stores.wire.call("GET", keys_of(office.workspace).document(key.type.kind, key.id))
    return json.loads(text.partition(" ")[2])  # type: ignore[no-any-return]


async def write(office: Office, kind: type[Document], stored: dict[str, Any]) -> None:
    """Put JSON where a document lies, as another release would."""
    name = keys_of(office.workspace).document(kind.kind, stored["id"])
    await office.stores.wire.call("SET", name, f"1 {json.dumps(stored)}")


def test_no_kind_of_document_of_the_first_release_is_forgotten():
    assert {kind for kind, _ in WRITTEN} <= set(KINDS)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_value_in_a_document_keeps_what_it_does_not_know(kind: str):
    closed = {it for it in values_in(KINDS[kind]) if not issubclass(it, Kept)}

    assert {it.__name__ for it in closed} <= {"Reason"}  # whose facts are open


def test_an_installation_keeps_what_it_does_not_know():
    assert issubclass(Installation, Kept)


@pytest.mark.parametrize(("kind", "stored"), WRITTEN)
async def test_what_the_first_release_wrote_is_read_changed_and_written(
    office: Office, kind: str, stored: dict[str, Any]
):
    key = Key(KINDS[kind], stored["id"])
    await write(office, key.type, stored)

    await touch(office, key)

    now = in_order(await raw(office, key))
    assert {name: now[name] for name in stored} == in_order(stored)


@pytest.mark.parametrize(("kind", "stored"), WRITTEN)
async def test_what_a_later_release_adds_is_written_back_whole(
    office: Office, kind: str, stored: dict[str, Any]
):
    key = Key(KINDS[kind], stored["id"])
    later = of_the_future(stored, key.type)
    await write(office, key.type, later)

    await touch(office, key)

    now = in_order(await raw(office, key))
    assert now["touched"] is True
    assert {name: now[name] for name in later} == in_order(later)


def in_order(stored: dict[str, Any]) -> dict[str, Any]:
    """Stored JSON with its sets in order: a set is written in any."""
    return {**stored, "lanes": sorted(stored["lanes"])} if "lanes" in stored else stored


async def touch(office: Office, key: Key) -> None:
    """Read a document, change it, and write it."""

    def decide(read: Any) -> tuple[None, Changes]:
        return None, Changes(put=[read.get(key.type, key.id).model_copy(update={"touched": True})])

    await office.desk.store.commit(decide)


async def of_another_kind(office: Office, id: str) -> None:
    """Store a helper in whom this release finds a word that it does not know."""
    await office.put(helper(id))
    await write(office, Person, {**await raw(office, Key(Person, id)), "standing": "on_loan"})


async def test_one_unreadable_helper_keeps_nobody_from_being_asked(office: Office):
    await office.put(helper(BEN))
    await of_another_kind(office, ADA)

    await office.asked()
    index = await office.desk.directory.index()

    assert list(index) == [BEN]
    assert await office.find(Offer, f"R1.{BEN}")
    assert len(office.stores.skipped) == 1


async def test_a_directory_that_is_held_drops_who_becomes_unreadable(office: Office):
    await office.put(helper(ADA), helper(BEN))
    await office.desk.directory.index()

    await of_another_kind(office, ADA)
    await office.stores.wire.call("XADD", keys_of(office.workspace).changes, "*", "name", f"person:{ADA}")

    assert list(await office.desk.directory.index()) == [BEN]


async def test_an_unreadable_document_is_said_to_be_so_and_never_written_over(office: Office):
    await of_another_kind(office, ADA)
    before = await raw(office, Key(Person, ADA))

    with pytest.raises(Unreadable):
        await office.get(Person, ADA)
    with pytest.raises(Unreadable):
        await office.put(person(ADA))

    assert await raw(office, Key(Person, ADA)) == before


async def test_a_list_leaves_out_what_cannot_be_read_and_counts_it_once(office: Office):
    await office.put(helper(BEN))
    await of_another_kind(office, ADA)

    for _ in range(2):
        found = await office.desk.store.look(lambda read: read.all(Person, [ADA, BEN, ASKER]))

    assert [it.id for it in found] == [BEN]
    assert len(office.stores.skipped) == 1


async def test_people_of_two_releases_are_both_served(socket_world: World):
    await socket_world.enrol(RAJ, topics={"python": 3})
    await add_to_person(socket_world, RAJ, pronouns="he/him")
    await socket_world.enrol(AIKO, topics={"python": 3})
    await add_to_person(socket_world, AIKO, standing="on_loan")

    await socket_world.slack.command(MAYA, "/ask-mentor", "How do I profile asyncio? #python")
    refused = await socket_world.slack.command(AIKO, "/ask-mentor", "How do I profile asyncio? #python")

    await socket_world.slack.message(RAJ, containing="Can you help")
    assert refused.shown
    assert "A newer version of Waymark" in refused.shown.text
    assert "How do I profile asyncio?" in refused.shown.text


async def add_to_person(world: World, id: str, **fields: Any) -> None:
    """Change what is stored of a person as another release would."""
    wire, name = world.app.worker.stores.wire, keys_of(world.workspace).document("person", id)
    stored = json.loads((await wire.call("GET", name)).partition(" ")[2])
    await wire.call("SET", name, f"99 {json.dumps({**stored, **fields})}")
    await wire.call("XADD", keys_of(world.workspace).changes, "*", "name", f"person:{id}")
