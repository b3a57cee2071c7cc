"""A pair of a cohort that is proposed to the two: who they are, and for which programme."""

from dataclasses import dataclass
from datetime import timedelta
from hashlib import blake2b

from kernel.values import PersonId
from relationships.mentorships.agreement import Agreement
from relationships.mentorships.record import PairingReason

UNDO_FOR = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Proposal:
    """Two people, and the programme for which they shall be a pair: it is what the mentorship is for.

    The *key* tells a proposal from an earlier one to the same two, which was taken back. Both read the
    *reasons*.
    """

    programme: str
    mentee_id: PersonId
    mentor_id: PersonId
    key: str = ""
    reasons: tuple[PairingReason, ...] = ()

    @property
    def id(self) -> str:
        """The id of their mentorship: a proposal is made once, whatever became of it."""
        named = "\n".join((self.programme, self.mentee_id, self.mentor_id, *([self.key] if self.key else [])))
        return f"cohort-{blake2b(named.encode(), digest_size=12).hexdigest()}"

    @property
    def agreement(self) -> Agreement:
        """What the two may agree on, or change."""
        return Agreement(purpose=self.programme).checked()
