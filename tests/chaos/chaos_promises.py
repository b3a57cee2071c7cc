"""What people may rely on with mentors, sponsors, views, answers, goals and circles, as it is stored."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from chaos_people import Answer

from handlers.conversations import ALL
from relationships.answer_cards.answer_card import CARD_LAPSES
from relationships.circles.circle import CIRCLE_DUE
from relationships.growth_plan.growth_plan import MOST_OPEN
from relationships.mentor_search.wish import WISH_DUE
from relationships.mentorships.record import MENTORSHIP_DUE
from relationships.second_opinions.second_opinion import SEATS, VIEWS_DUE
from relationships.sponsorships.sponsorship import SPONSORSHIP_DUE
from relationships.sponsorships.sponsorships import ASKED_AT_A_TIME

Facts = Mapping[str, Any]
VIEWS_AT_A_TIME, MENTEES = 2, 2  # as the manifest says
# What a press promises of the document whose card it is, to whoever pressed.
PRESSED: Mapping[str, Callable[[Facts, str], bool]] = {
    "picked": lambda it, _: it["state"] != "choosing" or bool(it["refused_id"]),
    "stopped looking": lambda it, _: it["state"] in ("ended", "met"),
    "took a mentee": lambda it, me: it["asked_id"] != me or it["state"] != "asked",
    "refused a mentee": lambda it, me: it["asked_id"] != me or it["state"] != "asked",
    "agreed": lambda it, me: me in it["agreed"] or it["state"] == "ended",
    "closed": lambda it, _: it["state"] == "ended",
    "booked": lambda it, _: bool(it["talks"]),
    "moved": lambda it, _: bool(it["talks"]),
    "met": lambda it, _: any(talk["came"] for talk in it["talks"]),
    "had no time": lambda it, me: _seat(it, me) != "asked",
    "took views back": lambda it, _: it["state"] != "gathering",
    "thanked all": lambda it, _: it["state"] not in ("gathering", "shown"),
    "took a wish back": lambda it, _: it["state"] != "asked",
    "sponsors": lambda it, _: it["state"] != "asked",
    "refused to sponsor": lambda it, _: it["state"] != "asked",
    "confirmed": lambda it, _: any(act["word"] == "yes" for act in it["acts"]),
    "agreed to an answer": lambda it, me: me in it["agreed"] or it["state"] != "offered",
    "took an answer back": lambda it, _: it["state"] in ("withdrawn", "lapsed"),
    "joined": lambda it, me: bool(it["answers"].get(me)) or it["state"] != "gathering",
    "stayed out": lambda it, me: not it["answers"].get(me, True) or it["state"] != "gathering",
    "left a circle": lambda it, me: me in it["left"] or it["state"] == "ended" or not it["answers"][me],
}
# Forms, whose text is then stored, and kept for longer than all this takes.
WRITTEN = frozenset(("wished", "noted", "asked for views", "asked a sponsor", "noted an act", "set a goal"))
# What takes a press back that the same person made on the same thing.
TAKEN_BACK_BY: Mapping[str, frozenset[str]] = {
    "joined": frozenset(("stayed out", "left a circle")),
    "stayed out": frozenset(("joined",)),
}
# When a document waits for its hour: the entry of the agenda, and at which of its times, if that is in it.
Waiting = Callable[[Facts], tuple[str, str | None] | None]
AWAITED: Mapping[str, Waiting] = {
    "mentor-wish": lambda it: _in(it, {"asked": (WISH_DUE, "answer_by"), "waiting": (WISH_DUE, "looks_at")}),
    "second-opinion": lambda it: _in(it, {"gathering": (VIEWS_DUE, "closes_at")}),
    "sponsorship": lambda it: _in(
        it, {"asked": (SPONSORSHIP_DUE, "answer_by"), "going": (SPONSORSHIP_DUE, None)}
    ),
    "mentorship": lambda it: None if it["state"] == "ended" else (MENTORSHIP_DUE, None),
    "circle": lambda it: None if it["state"] == "ended" else (CIRCLE_DUE, None),
    "answer-card": lambda it: _in(it, {"offered": (CARD_LAPSES, None)}),
}


class Kept(Protocol):
    """What is stored, as the audit has read it."""

    documents: Mapping[tuple[str, str], Facts]
    lists: Mapping[str, frozenset[str]]
    agenda: Mapping[tuple[str, str], float]

    def of(self, kind: str) -> Iterator[tuple[str, Facts]]:
        """The documents of a kind, by id."""

    def at(self, place: str) -> Facts | None:
        """The document that a message shows."""

    def thing_at(self, place: str) -> tuple[str, str]:
        """Its kind and id."""


def holds(stored: Kept, answer: Answer, marks: Iterable[str]) -> bool | None:
    """Whether what was acknowledged is so; None for any other kind. *marks* are those of all texts."""
    if answer.kind in WRITTEN:
        return answer.mark in marks
    if answer.kind == "gave a view":
        return _view_stands(stored, answer)
    if answer.kind == "wrote an answer":
        return ("answer-card", stored.thing_at(answer.mark)[1]) in stored.documents
    if answer.kind not in PRESSED:
        return None
    facts = stored.at(answer.mark)
    return facts is None or PRESSED[answer.kind](facts, answer.person)


def is_taken_back(stored: Kept, answer: Answer, others: Iterable[Answer]) -> bool:
    """Whether one of *others* is by the same person, and takes back what was acknowledged."""
    kinds, thing = TAKEN_BACK_BY.get(answer.kind, frozenset()), stored.thing_at(answer.mark)
    mine = [it for it in others if it.kind in kinds and it.person == answer.person]
    return any(stored.thing_at(it.mark) == thing for it in mine)


def _view_stands(stored: Kept, answer: Answer) -> bool:
    """Whether the seat of whoever gave a view has it, or one with which they replaced it since."""
    id, mark = answer.mark.split()
    opinion = stored.documents.get(("second-opinion", id)) or {"seats": ()}
    texts = [seat["text"] for seat in opinion["seats"] if seat["person_id"] == answer.person]
    return any(text and _number(text.split()[-1]) >= _number(mark) for text in texts)


def broken_rules(stored: Kept) -> Mapping[str, list[str]]:
    """What must not be so, by headings."""
    return {
        "two open where one may be": list(_too_many(stored)),
        "accepted, and nothing came of it": list(_nothing_came(stored)),
        "mentors' minutes that do not add up": list(_mentors(stored)),
        "seats, talks and words that cannot be": list(_odd(stored)),
        "reminders missing": list(_unplanned(stored)),
        "lists that do not add up": list(_lists(stored)),
    }


def _too_many(stored: Kept) -> Iterator[str]:
    """Yield who has more open at a time than may be."""
    of_one = Counter((it["person_id"], it["is_reverse"]) for _, it in stored.of("mentor-wish") if _seeks(it))
    yield from (f"wishes of {who}" for who, count in of_one.items() if count > 1)
    views = Counter(it["asker_id"] for _, it in stored.of("second-opinion") if it["state"] == "gathering")
    yield from (f"second opinions of {who}" for who, count in views.items() if count > VIEWS_AT_A_TIME)
    asked = Counter(it["asked_by"] for _, it in stored.of("sponsorship") if it["state"] == "asked")
    yield from (f"questions to sponsors of {who}" for who, count in asked.items() if count > ASKED_AT_A_TIME)
    goals = Counter(it["person_id"] for _, it in stored.of("goal") if it["state"] == "open")
    yield from (f"goals of {who}" for who, count in goals.items() if count > MOST_OPEN)
    pairs = Counter(frozenset(_both(it)) for _, it in stored.of("mentorship") if it["state"] != "ended")
    yield from (f"mentorships of {sorted(pair)}" for pair, count in pairs.items() if count > 1)


def _nothing_came(stored: Kept) -> Iterator[str]:
    """Yield what was agreed to by all, and did not begin."""
    made = dict(stored.of("mentorship"))
    yield from (
        f"wish {id}" for id, it in stored.of("mentor-wish") if it["state"] == "met" and id not in made
    )
    for id, it in made.items():
        if it["state"] == "agreeing" and set(it["agreed"]) >= set(_both(it)):
            yield f"mentorship {id}"
    for id, it in stored.of("circle"):
        if it["state"] == "gathering" and set(it["answers"]) >= {it["mentor_id"], *it["mentee_ids"]}:
            yield f"circle {id}"
    for id, it in stored.of("answer-card"):
        if it["state"] == "offered" and set(it["agreed"]) >= {it["asker_id"], it["answerer_id"]}:
            yield f"answer card {id}"


def _mentors(stored: Kept) -> Iterator[str]:
    """Yield mentors who carry other than they should, or more than they may."""
    carried = defaultdict[str, set[str]](set)
    for kind in ("mentorship", "circle"):
        for id, it in stored.of(kind):
            is_agreed_to = kind == "mentorship" or it["answers"].get(it["mentor_id"])
            if it["state"] != "ended" and is_agreed_to:
                carried[it["mentor_id"]].add(id)
    for who, load in stored.of("load"):
        if set(load["promised"]) != carried[who]:
            yield who
        if len(load["promised"]) > MENTEES:
            yield f"{who}: {len(load['promised'])} mentorships"
    seats = defaultdict[str, set[str]](set)
    for id, it in stored.of("second-opinion"):
        if it["state"] == "gathering":
            seats[it["asker_id"]].add(id)
    yield from (who for who, load in stored.of("load") if set(load["open_opinions"]) != seats[who])


def _odd(stored: Kept) -> Iterator[str]:
    """Yield documents that say of themselves what cannot be."""
    for id, it in stored.of("second-opinion"):
        people = [seat["person_id"] for seat in it["seats"]]
        taken = [seat for seat in it["seats"] if seat["state"] in ("asked", "answered")]
        if len(set(people)) < len(people) or len(taken) > SEATS or it["asker_id"] in people:
            yield f"second opinion {id}: {people}"
    for id, it in stored.of("mentorship"):
        numbers = [talk["number"] for talk in it["talks"]]
        ahead = [talk["number"] for talk in it["talks"] if talk["came"] is None]
        if numbers != sorted(set(numbers)) or ahead not in ([], numbers[-1:]):
            yield f"mentorship {id}: talks {numbers}, ahead {ahead}"
    for id, it in stored.of("answer-card"):
        is_over = it["state"] in ("withdrawn", "lapsed")
        if is_over == bool(it["words"]["answer"]) or (it["state"] == "shared" and len(it["agreed"]) < 2):
            yield f"answer card {id}: {it['state']}"


def _unplanned(stored: Kept) -> Iterator[str]:
    """Yield what waits for its hour without an entry of the agenda, or with one at another time."""
    for (kind, id), it in stored.documents.items():
        awaited = AWAITED[kind](it) if kind in AWAITED else None
        if awaited is None:
            continue
        entry, moment = awaited
        at = stored.agenda.get((entry, id))
        if at is None or (moment and abs(at - _seconds(it[moment])) > 1):
            yield f"{entry} {id}: {at}"


def _lists(stored: Kept) -> Iterator[str]:
    """Yield lists in which other ids stand than those whose documents say so."""
    said = defaultdict[str, set[str]](set)
    for (kind, id), it in stored.documents.items():
        if kind in ALL.features.documents:
            document = ALL.features.documents[kind].model_validate(dict(it))
            for name in document.lists():
                said[name].add(id)
    for name in said.keys() | stored.lists.keys():
        if said[name] != stored.lists.get(name, frozenset()):
            yield f"{name}: {sorted(said[name] ^ stored.lists.get(name, frozenset()))}"


def _seeks(it: Facts) -> bool:
    return it["state"] in ("choosing", "asked", "waiting")


def _both(it: Facts) -> Sequence[str]:
    return it["mentor_id"], it["mentee_id"]


def _seat(it: Facts, me: str) -> str:
    return next((str(seat["state"]) for seat in it["seats"] if seat["person_id"] == me), "")


def _in(it: Facts, states: Mapping[str, tuple[str, str | None]]) -> tuple[str, str | None] | None:
    return states.get(it["state"])


def _seconds(text: str) -> float:
    return datetime.fromisoformat(text).timestamp()


def _number(mark: str) -> int:
    """When a text was written: those of later ones are higher."""
    return int(mark.strip("x"))
