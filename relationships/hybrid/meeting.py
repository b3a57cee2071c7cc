"""The talk before which somebody thinks: of a question, or the next one of a mentorship. Pure."""

from dataclasses import dataclass

from kernel.store import Key, Snapshot
from kernel.values import PersonId
from mentoring.model.session import Session
from relationships.mentorships.mentorship import Mentorship

_TALK = ".talk-"


@dataclass(frozen=True, slots=True)
class Meeting:
    """Who prepares for a talk, who may read some of it, and whether the talk is still to come or going on."""

    asker_id: PersonId
    other_id: PersonId
    is_open: bool
    is_hidden: bool = False


def talk_id(mentorship_id: str, number: int) -> str:
    """The id of one talk of a mentorship; that of a question's talk is its own."""
    return f"{mentorship_id}{_TALK}{number}"


def meeting_of(read: Snapshot, id: str) -> Meeting:
    """The talk of an id; NotFound where it is forgotten."""
    mentorship_id, is_in_mentorship, number = id.rpartition(_TALK)
    if not is_in_mentorship:
        talk = read.get(Session, id)
        return Meeting(talk.asker_id, talk.helper_id, talk.is_open, talk.is_hidden)
    it = read.get(Mentorship, mentorship_id)
    is_next = it.talk is not None and str(it.talk.number) == number
    return Meeting(it.mentee_id, it.mentor_id, it.state == "going" and is_next)


def key_of(id: str) -> Key:
    """What a talk is read from."""
    mentorship_id, is_in_mentorship, _ = id.rpartition(_TALK)
    return Key(Mentorship, mentorship_id) if is_in_mentorship else Key(Session, id)
