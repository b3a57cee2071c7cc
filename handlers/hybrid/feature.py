"""Hybrid ways of helping: the card of what somebody wrote before a talk, and the buttons that lead on."""

from handlers.block_kit import blocks, labels, mrkdwn
from handlers.block_kit.picture import Picture, knock
from handlers.hybrid import hybrid, questions_form, words
from handlers.interactions.conversation import Conversation, Reader, drawn
from kernel.store import Snapshot
from relationships.hybrid.feature import FEATURE
from relationships.hybrid.meeting import Meeting, key_of, meeting_of
from relationships.hybrid.preparation import FIRST_WORDS, QUESTIONS, Preparation


def _card(preparation: Preparation, read: Snapshot, reader: Reader) -> Picture | None:
    """What the other reads: no word of what there was besides."""
    key = key_of(preparation.id)
    if not preparation.sent_at or read.find(key.type, key.id) is None:
        return None
    meeting = meeting_of(read, preparation.id)
    return first_words(preparation, meeting) if reader.to == meeting.other_id else None


def first_words(preparation: Preparation, meeting: Meeting) -> Picture:
    """The message with what an asker sent before a talk."""
    who = words.WHO_ASKED if meeting.is_hidden else mrkdwn.mention(meeting.asker_id)
    shown = [
        blocks.section(words.writes(who)),
        *questions_form.said(preparation.to_be_read),
    ]
    return knock("sent", shown, closing="")


CONVERSATION = Conversation(
    feature=FEATURE,
    listen=(hybrid.register,),
    painters={
        FIRST_WORDS: drawn(Preparation, _card, lambda reader: [key_of(reader.id)]),
    },
    field_refusals={
        ("wanted", "nothing_written"): words.NOTHING_WRITTEN,
        **{(name, "too_long"): labels.TOO_LONG for name in QUESTIONS},
        **{(name, "ticked_empty"): words.TICKED_EMPTY for name in QUESTIONS},
    },
)
