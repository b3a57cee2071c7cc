"""What admins are told: alerts and reports in Slack."""

from collections.abc import Mapping, Sequence

from handlers.admins import alert_card, report_card, words
from handlers.block_kit.blocks import Block
from handlers.block_kit.picture import Picture, gone
from handlers.interactions.conversation import Bonded, Conversation, HomePart, Overview, Reader, drawn
from kernel.kinds import ListName
from kernel.store import Snapshot
from kernel.values import Document
from mentoring.admins.admins import listed_admins
from mentoring.admins.alerts import find_alert
from mentoring.admins.reports import alert_id
from mentoring.features import ADMINS
from mentoring.model.alert import ALERTS, Alert, Report
from mentoring.model.request import Request

LINE = 120  # what a row shows of a text


def subject(read: Snapshot, alert: Alert) -> alert_card.Subject:
    """The report or the request that an alert is about, if it is still kept."""
    if alert.about == "report":
        report = read.find(Report, str(alert.facts.get("report_id", "")))
        return (report, None) if report else None
    request_id = str(alert.facts.get("request_id", ""))
    return read.find(Request, request_id) if request_id else None


def _whole(read: Snapshot, alert: Alert, bonds: Mapping[str, Bonded]) -> alert_card.Subject:
    """What an alert is about; a report with what it is of, if that is still kept."""
    found = subject(read, alert)
    if not isinstance(found, tuple) or found[0].of not in bonds:
        return found
    report = found[0]
    return report, read.find(bonds[report.of].bond.document, report.session_id)


def _alert(alert: Alert, read: Snapshot, reader: Reader) -> Picture | None:
    found = find_alert(read, alert.id)
    if found is None or reader.to in found.kept_from:
        return None
    if reader.to not in found.told:
        return gone("steers no more")
    said = reader.alerts.get(found.about, alert_card.OF_NEWER_RELEASE)
    about = _whole(read, found, reader.bonds)
    return alert_card.card(found, reader.desk, about, reader.to, said, bonds=reader.bonds)


def _report(report: Report, read: Snapshot, reader: Reader) -> Picture | None:
    alert = find_alert(read, alert_id(report.id))
    if alert is None or report.reporter_id != reader.to:
        return None
    bonded = reader.bonds.get(report.of)
    what = bonded.what if bonded else words.A_BOND
    return report_card.card(report, alert, listed_admins(read) is not None, reader.desk, what)


def _subjects(
    read: Snapshot, documents: Mapping[ListName, Sequence[Document]]
) -> Mapping[str, alert_card.Subject]:
    return {it.id: subject(read, it) for it in documents[ALERTS] if isinstance(it, Alert)}


def _waiting(overview: Overview) -> list[Block]:
    subjects = overview.related["alerts"]
    return [
        row
        for alert in overview.of(ALERTS, Alert)
        for said in [overview.alerts.get(alert.about, alert_card.OF_NEWER_RELEASE)]
        for row in alert_card.row(alert, subjects[alert.id], overview.me, LINE, said, bonds=overview.bonds)
    ]


CONVERSATION = Conversation(
    feature=ADMINS,
    painters={"alert": drawn(Alert, _alert), "report": drawn(Report, _report)},
    alerts=alert_card.ALERTS,
    home=(
        HomePart(
            name="alerts",
            lists={ALERTS: Alert},
            counts=(ALERTS,),
            waits_in=(ALERTS,),
            also=_subjects,
            waiting=_waiting,
            waits_at=10,
        ),
    ),
)
