"""A report as it is kept: who felt unsafe or was treated badly, in which talk, and what they wrote."""

from collections.abc import Mapping
from datetime import datetime
from typing import ClassVar

from pydantic import AwareDatetime

from kernel.values import Document, PersonId, SessionId


class Report(Document):
    """That someone felt unsafe or was treated badly in a talk. *told* are those who heard of it at first.

    *unmasked*: the two were anonymous to each other; the admins who are told learn who they are. *apart*: the
    reporter wishes never to be matched with the other again. Who heard of it later stands in its alert.
    """

    kind: ClassVar[str] = "report"
    session_id: SessionId
    reporter_id: PersonId
    about_id: PersonId
    text: str
    made_at: AwareDatetime
    unmasked: bool
    told: tuple[PersonId, ...]
    apart: bool = False

    def lists(self) -> Mapping[str, datetime]:
        """Every report."""
        return {"reports": self.made_at}
