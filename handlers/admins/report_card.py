"""What whoever made a report sees of it: who really has it, and whom else to turn to. Never its words."""

from collections.abc import Iterable

from handlers.admins import words
from handlers.block_kit import blocks, mrkdwn
from handlers.block_kit.blocks import Block
from handlers.block_kit.picture import Picture, knock
from kernel.desk import Desk
from kernel.policy import Contact
from kernel.values import PersonId
from mentoring.admins.reports import Received
from mentoring.model.alert import Alert, Report

_NAMED = 5


def received(done: Received, desk: Desk) -> list[Block]:
    """What is true of a report the moment it was made."""
    return _said(done.report, done.told, done.are_admins_known, desk)


def card(report: Report, alert: Alert, are_admins_known: bool, desk: Desk, what: str) -> Picture:
    """A report as its writer sees it, about *what* people have together.

    It knocks when it reaches somebody, and when it is closed.
    """
    about = blocks.context(words.your_report(what, mrkdwn.moment(report.made_at)))
    shown = [*_said(report, alert.told, are_admins_known, desk), about]
    if alert.closed_at:
        said = words.has_closed(_by(alert.closed_by, report))
        return knock("closed", [blocks.section(said), about], closing=words.NEWS_BELOW)
    if alert.taken_by:
        shown.insert(1, blocks.section(words.is_on_it(_by(alert.taken_by, report))))
    state = "heard" if alert.told else "unheard"
    return knock(state, shown, closing=words.NEWS_BELOW)


def _said(report: Report, told: Iterable[PersonId], are_admins_known: bool, desk: Desk) -> list[Block]:
    if people := list(told):
        return [blocks.section(words.can_write(_with(people, report), words.NOT_TOLD))]
    nobody = blocks.section(f"{words.NOBODY if are_admins_known else words.UNREAD} {words.NOT_TOLD}")
    return [nobody, *_meanwhile(desk.policy.support)]


def _with(people: list[PersonId], report: Report) -> str:
    """Who has a report. Of a session without names, who is missing could tell who the other is."""
    if report.unmasked:
        return words.WITH_ADMINS
    if len(people) > _NAMED:
        return words.with_admins(len(people))
    count = words.AN_ADMIN if len(people) == 1 else words.admins(len(people))
    return words.with_named(count, mrkdwn.listed([mrkdwn.mention(it) for it in people]))


def _by(person: PersonId | None, report: Report) -> str:
    return words.SOME_ADMIN if report.unmasked or person is None else mrkdwn.mention(person)


def _meanwhile(contacts: tuple[Contact, ...]) -> list[Block]:
    if not contacts:
        return [blocks.section(words.NO_CONTACT)]
    named = blocks.lines([(f"{contact.name}:", contact.how) for contact in contacts])
    return [blocks.section(words.MEANWHILE), named]
