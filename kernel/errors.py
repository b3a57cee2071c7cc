"""Why the domain says no. An error carries facts; the words for it are chosen where it is shown.

Refusal
├── NotFound          there is no such document (any more)
├── Unreadable        a newer release wrote it, in a way that this one does not know
├── Repeated          this was done before, under the same key
├── Superseded        this entry of the agenda was replaced or handled meanwhile
├── NotYours          only the people it concerns may do this
├── Ended             it has come to its end, so nothing can be changed
├── MadeWay           a text that was kept made way for newer ones
├── AlreadyTaken      somebody else has accepted
│   └── HasHelper     somebody has accepted one's own request, so that it can't be changed
├── OfferOver         this offer has expired, or was answered or taken back
├── UndoOver          the minutes in which this could be undone have passed
├── OwnRequest        nobody helps themselves
├── AskedAlready      the asker has just this question open
├── TooManyOpen       the asker has as many open requests as the policy allows
├── HelperFull        the helper's sessions or minutes are used up
├── NotAMember        only members may do this: not a guest, nor whoever left or belongs elsewhere
├── CannotHelp        the person named cannot be asked: guest, left, paused, the asker, or asked before
│   └── NotTheSame    whoever helped before cannot be asked now; who they are, and why, is not said
└── Invalid           a field is wrong; says which, and why, as a value
Unserved              the app can do nothing in this workspace, so that no form helps
├── NotInstalled      it has removed the app, or never installed it: nothing is written there
└── LockedOut         no key of the app opens its token
Undeclared            a feature names what is nowhere or another has named: the program does not start
"""

from typing import Self

from kernel.values import PersonId, RequestId


class Refusal(Exception):
    """The domain says no, for a reason that a person can be told."""


class NotFound(Refusal):
    """There is no such document (any more)."""

    def __init__(self, kind: str, id: str) -> None:
        super().__init__(kind, id)
        self.kind, self.id = kind, id


class Unreadable(Refusal):
    """A newer release wrote this document, in a way that this one does not know; it is left as it is."""

    def __init__(self, kind: str, id: str) -> None:
        super().__init__(kind, id)
        self.kind, self.id = kind, id


class Repeated(Refusal):
    """This was done before, under the same key."""


class Superseded(Refusal):
    """This entry of the agenda was replaced or handled meanwhile."""


class NotYours(Refusal):
    """Only the people it concerns may do this."""


class Ended(Refusal):
    """It has come to its end, so nothing can be changed."""


class MadeWay(Refusal):
    """This text was kept, and made way for newer ones."""

    def __init__(self, limit: int) -> None:
        super().__init__(limit)
        self.limit = limit


class AlreadyTaken(Refusal):
    """Somebody else has accepted."""


class HasHelper(AlreadyTaken):
    """Somebody has accepted one's own request, so that it can't be changed any more."""


class OfferOver(Refusal):
    """This offer has expired, or was answered or taken back."""


class UndoOver(Refusal):
    """The minutes in which this could be undone have passed."""

    def __init__(self, minutes: int) -> None:
        super().__init__(minutes)
        self.minutes = minutes


class OwnRequest(Refusal):
    """Nobody helps themselves."""


class AskedAlready(Refusal):
    """Somebody is being sought for just this question of the asker's."""

    def __init__(self, request_id: RequestId) -> None:
        super().__init__(request_id)
        self.request_id = request_id


class TooManyOpen(Refusal):
    """The asker has as many open requests as the policy allows."""

    def __init__(self, limit: int) -> None:
        super().__init__(limit)
        self.limit = limit


class HelperFull(Refusal):
    """The helper's sessions or minutes are used up."""

    def __init__(self, helper_id: PersonId) -> None:
        super().__init__(helper_id)
        self.helper_id = helper_id


class NotAMember(Refusal):
    """Only members may do this. *why* is what the person is: guest, left, outside, bot, or yet unknown."""

    def __init__(self, person_id: PersonId, why: str) -> None:
        super().__init__(person_id, why)
        self.person_id, self.why = person_id, why


class CannotHelp(Refusal):
    """The person named cannot be asked. *why*: their standing, self, asker, paused, or asked (before)."""

    def __init__(self, person_id: PersonId, why: str) -> None:
        super().__init__(person_id, why)
        self.person_id, self.why = person_id, why


class NotTheSame(CannotHelp):
    """Whoever helped before can't be asked now. The asker may not know who they are: nobody is named."""


class Invalid(Refusal):
    """A field is wrong. *problem* is a short code, *facts* what its sentence needs.

    *others* are the fields that are wrong as well, each with its first problem.
    """

    def __init__(self, field: str, problem: str, **facts: str | int) -> None:
        super().__init__(field, problem, facts)
        self.field, self.problem, self.facts = field, problem, facts
        self.others: tuple[Invalid, ...] = ()

    def along_with(self, *others: Self) -> Self:
        """This refusal with those of other fields, so that all can be mended at once."""
        self.others = others
        return self


class Unserved(Exception):
    """The app can do nothing in this workspace, so that no form helps."""


class NotInstalled(Unserved):
    """The workspace has removed the app, or never installed it: nothing is written there."""


class LockedOut(Unserved):
    """No key of the app opens its token for this workspace."""


class Undeclared(Exception):
    """A feature names what is nowhere, or what another has named already: the program does not start."""
