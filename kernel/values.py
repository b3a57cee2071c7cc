"""What every value of the domain is made of: frozen, strict, and safe to share."""

from collections.abc import Mapping
from datetime import datetime
from typing import ClassVar, NewType

from pydantic import BaseModel, ConfigDict, StringConstraints

WorkspaceId = NewType("WorkspaceId", str)
PersonId = NewType("PersonId", str)
TopicId = NewType("TopicId", str)
RequestId = NewType("RequestId", str)
OfferId = NewType("OfferId", str)
SessionId = NewType("SessionId", str)

WORKSPACE = "workspace"  # the id of what there is one of in a workspace

# What admins write in the manifest: an id, and a label.
Slug = StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=40)
Words = StringConstraints(strip_whitespace=True, min_length=1, max_length=75)


class Value(BaseModel):
    """A frozen value that refuses what it does not know, as forms, settings and the manifest do."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Kept(Value):
    """A value in a stored document: what a newer release added to it is written back as it was."""

    model_config = ConfigDict(extra="allow")


class Document(Kept):
    """A value that is stored whole under its kind and id."""

    kind: ClassVar[str]
    id: str

    @property
    def thing(self) -> str:
        """`<kind>:<id>`, which names this document in notices and on the agenda."""
        return f"{self.kind}:{self.id}"

    def lists(self) -> Mapping[str, datetime]:
        """The named lists in which this document stands now, each with the time that orders it.

        Storage compares this with the lists of the version before and adds and removes accordingly, in the
        same atomic commit: so a list can never disagree with its documents.
        """
        return {}

    def gists(self) -> Mapping[str, str]:
        """What stands beside its id in some of its lists: one line, for whoever reads many of them.

        Storage writes it in the same commit, also of a document that is put as it was. Its id is one word.
        """
        return {}
