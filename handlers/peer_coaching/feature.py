"""Peer coaching: whose turn it is, and its word of `/coach-me`."""

from handlers.block_kit.picture import Picture
from handlers.interactions.conversation import Conversation, Reader
from handlers.interactions.sub_words import SubWord
from handlers.peer_coaching import card as peer_card
from handlers.peer_coaching import peer_coaching, words
from mentoring.features import PEER_COACHING as FEATURE
from mentoring.model.session import PEER_TURN, Session


async def _turn(reader: Reader) -> Picture | None:
    session_id, number = reader.numbered
    session = await reader.desk.find(Session, session_id)
    return peer_card.turn(session, number, reader.to) if session else None


CONVERSATION = Conversation(
    feature=FEATURE,
    listen=(peer_coaching.register,),
    painters={PEER_TURN: _turn},
    field_refusals={("thought", "empty"): words.NO_THOUGHT},
    coach_words={
        "peer": SubWord(
            help=words.HELP,
            answer=peer_coaching.called,
            takes_rest=True,
        )
    },
)
