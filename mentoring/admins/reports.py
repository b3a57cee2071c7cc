"""Reports: the quiet safety flag. It goes to the admins, only when a person presses, and names both.

Whatever joins people declares a `Bond`, and is then reported in this one way.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic

from kernel.desk import Desk
from kernel.errors import Invalid, NotYours
from kernel.policy import Policy
from kernel.store import NONE, Changes, D, Key, Snapshot, together
from kernel.values import PersonId, SessionId, Value
from mentoring.admins.admins import admins, listed_admins, met_admins
from mentoring.admins.alerts import find_alert, raised
from mentoring.model.alert import OF_SESSION, Alert, Report
from mentoring.model.person import Person, stranger

LONGEST = 3_000


@dataclass(frozen=True, slots=True)
class Reported:
    """Who has reported something, whether they end it with that, and when; with the rules of the place."""

    by: PersonId
    ends: bool
    policy: Policy
    now: datetime


def _never(it: Any) -> bool:
    return False


def _by_id(it: Any, who: PersonId) -> str:
    return who


@dataclass(frozen=True, slots=True, kw_only=True)
class Bond(Generic[D]):
    """What joins two or more people, by the *document* that says so.

    *others* are whom of it a person can report: nobody, where they have no part in it. *can_end* says whether
    there is anything for them to end. *follows* is what goes with a report, in the same commit: they are
    asked no more how it goes, and it is over for them where they wish that. *is_hidden*: the people of it
    don't know each other's names; *key* then stands for one of several, and tells nothing of who they are.
    """

    document: type[D]
    others: Callable[[D, PersonId], Sequence[PersonId]]
    can_end: Callable[[D, PersonId], bool]
    follows: Callable[[Snapshot, D, Reported], Changes]
    is_hidden: Callable[[D], bool] = _never
    key: Callable[[D, PersonId], str] = _by_id

    def check_part(self, it: D, me: PersonId) -> Sequence[PersonId]:
        """Whom somebody can report, or refuse those who have no part in it: NotYours."""
        others = self.others(it, me)
        if not others:
            raise NotYours
        return others


class NewReport(Value):
    """What somebody reports, whether it ends now for them and the two are kept apart from now on.

    *about* is the key of whom it is about, where that may be one of several.
    """

    text: str
    about: str = ""
    ends: bool = False
    keep_apart: bool = False


class Received(Value):
    """What became of a report: the admins who hear of it, and whether it is known who the admins are."""

    report: Report
    told: tuple[PersonId, ...]
    are_admins_known: bool


async def report(
    desk: Desk, id: str, me: PersonId, said: NewReport, now: datetime, *, of: Bond[D]
) -> Received:
    """Tell the admins about somebody with whom one has something, except the two. The other is not told.

    The reporter is asked no more how it goes, and where that is wished all that the two share is over. As
    long as no admin is known the report stays open for the first.
    """
    if len(said.text) > LONGEST:
        raise Invalid("text", "too_long", limit=LONGEST, length=len(said.text))
    met = await met_admins(desk)

    def decide(read: Snapshot) -> tuple[Received, Changes]:
        it = read.get(of.document, id)
        steering = admins(read, desk.policy, met)
        made, alerting = _told(read, _report(of, it, me, said, now).tell(steering), desk.policy, now)
        alert = next(document for document in alerting.put if isinstance(document, Alert))
        received = Received(report=made, told=alert.told, are_admins_known=listed_admins(read) is not None)
        return received, together(
            Changes(put=[made]),
            alerting,
            of.follows(read, it, Reported(me, said.ends, desk.policy, now)),
            _apart(read, made, now) if said.keep_apart else NONE,
        )

    received = await desk.store.commit(decide, load=[Key(of.document, id)])
    if said.keep_apart:
        await desk.part(me, received.report.about_id, now)
    return received


def alert_id(report_id: str) -> str:
    """The id of the alert that goes with a report."""
    return f"report.{report_id}"


def _report(of: Bond[D], it: D, me: PersonId, said: NewReport, now: datetime) -> Report:
    about = _about(of, it, me, said)
    kind, talk = of.document.kind, f"{it.id}.{me}"
    return Report(
        id=talk if kind == OF_SESSION else f"{kind}.{talk}.{of.key(it, about)}",
        of=kind,
        session_id=SessionId(it.id),
        reporter_id=me,
        about_id=about,
        text=said.text.strip(),
        made_at=now,
        unmasked=of.is_hidden(it),
        told=(),
        apart=said.keep_apart,
    )


def _about(of: Bond[D], it: D, me: PersonId, said: NewReport) -> PersonId:
    """Whom it is about, or refuse where that is one of several and not said."""
    others = of.check_part(it, me)
    if len(others) == 1:
        return others[0]
    found = next((each for each in others if of.key(it, each) == said.about), None)
    if found is None:
        raise Invalid("about", "empty")
    return found


def _told(read: Snapshot, made: Report, policy: Policy, now: datetime) -> tuple[Report, Changes]:
    """A report with what was said before, and its alert; new words call the admins anew."""
    first = read.find(Report, made.id)
    before = find_alert(read, alert_id(made.id))
    is_new = first is None or made.text not in first.text
    if first is not None:
        text = f"{first.text}\n{made.text}" if is_new else first.text
        kept = {"text": text, "made_at": first.made_at, "apart": first.apart or made.apart}
        made = made.model_copy(update=kept)
    if before is not None and not is_new:
        return made, Changes(put=[before], show=before.shows())
    if before is not None and before.is_open:
        anew = before.tell(made.told).model_copy(update={"raised_at": now})
        return made, Changes(put=[anew], show=anew.shows())
    alert = Alert(
        id=alert_id(made.id),
        about="report",
        facts={"report_id": made.id},
        raised_at=now,
        raised_by=made.reporter_id,
        kept_from=frozenset({made.reporter_id, made.about_id}),
        told=made.told,
    )
    return made, raised(read, alert, policy)


def _apart(read: Snapshot, made: Report, now: datetime) -> Changes:
    person = read.find(Person, made.reporter_id) or stranger(made.reporter_id, now)
    return Changes(put=[person.keep_from(person.do_not_match | {made.about_id}, now)])
