"""Check-ins on an aim: their card."""

from coaching.aims.aim_check_ins import AimCheckIns
from coaching.aims.aims import aim_of
from coaching.aims.feature import FEATURE
from coaching.guide.talk import GuidedTalk
from handlers.aims import aims
from handlers.aims import card as aim_card
from handlers.block_kit.picture import Picture
from handlers.interactions.conversation import Conversation, Reader, drawn
from kernel.store import Key, Snapshot


def _card(it: AimCheckIns, read: Snapshot, reader: Reader) -> Picture | None:
    talk = read.find(GuidedTalk, it.id)
    return aim_card.card(it, aim_of(talk) if talk else "") if it.person_id == reader.to else None


CONVERSATION = Conversation(
    feature=FEATURE,
    listen=(aims.register,),
    painters={"aim-check-ins": drawn(AimCheckIns, _card, lambda reader: [Key(GuidedTalk, reader.id)])},
)
