"""What whoever made a report sees of it: who really has it, and whom else to turn to. Never its words."""

from collections.abc import Iterable

from handlers.block_kit import blocks, mrkdwn
from handlers.block_kit.blocks import Block
from handlers.block_kit.picture import Picture, knock
from kernel.desk import Desk
from kernel.policy import Contact
from kernel.values import PersonId
from mentoring.model.alert import Alert, Report
from mentoring.sessions.reports import Received

_NAMED = 5
_NOT_TOLD = "The other person isn't told."
_UNREAD = (
    "*I'm passing this on to the admins.* I don't know yet who they are here; I'll tell you in our messages "
    "as soon as one of them has it."
)
_NOBODY = (
    "*Nobody has this yet.* I don't know an admin here I could give it to. I'll keep it for the first one "
    "I hear of, and I'll message you then."
)
_NO_CONTACT = "Until then, please turn to somebody you trust: a manager, HR, or an admin of this workspace."


def received(done: Received, desk: Desk) -> list[Block]:
    """Return what is true of a report the moment it was made."""
    return _said(done.report, done.told, done.are_admins_known, desk)


def card(report: Report, alert: Alert, are_admins_known: bool, desk: Desk) -> Picture:
    """Return a report as its writer sees it. It knocks when it reaches somebody, and when it is closed."""
    about = blocks.context(f"Your report about a talk, {mrkdwn.moment(report.made_at)}.")
    shown = [*_said(report, alert.told, are_admins_known, desk), about]
    if alert.closed_at:
        said = f"*{_by(alert.closed_by, report)} has closed your report.* If it isn't over, report it again."
        return knock(
            "closed", [blocks.section(said), about], closing="There is news about your report below."
        )
    if alert.taken_by:
        shown.insert(1, blocks.section(f"{_by(alert.taken_by, report)} is on it."))
    state = "heard" if alert.told else "unheard"
    return knock(state, shown, closing="There is news about your report below.")


def _said(report: Report, told: Iterable[PersonId], are_admins_known: bool, desk: Desk) -> list[Block]:
    if people := list(told):
        return [blocks.section(f"*{_with(people, report)}* They can write to you here in Slack. {_NOT_TOLD}")]
    nobody = blocks.section(f"{_NOBODY if are_admins_known else _UNREAD} {_NOT_TOLD}")
    return [nobody, *_meanwhile(desk.policy.support)]


def _with(people: list[PersonId], report: Report) -> str:
    """Return who has a report. Of a talk without names, who is missing could tell who the other is."""
    if report.unmasked:
        return "Your report is with admins of this workspace."
    if len(people) > _NAMED:
        return f"Your report is with {len(people)} admins."
    count = "an admin" if len(people) == 1 else f"{len(people)} admins"
    return f"Your report is with {count}: {mrkdwn.listed([mrkdwn.mention(it) for it in people])}."


def _by(person: PersonId | None, report: Report) -> str:
    return "An admin" if report.unmasked or person is None else mrkdwn.mention(person)


def _meanwhile(contacts: tuple[Contact, ...]) -> list[Block]:
    if not contacts:
        return [blocks.section(_NO_CONTACT)]
    named = blocks.lines([(f"{contact.name}:", contact.how) for contact in contacts])
    return [blocks.section("Until then you can turn to:"), named]
