"""What guided talks bring: what is stored, what is done later, and what is their person's alone."""

from coaching.guide import consent, next_steps, talks
from coaching.guide.consent import COACHING, FORGET_SENT, Consent, ModelDay
from coaching.guide.talk import (
    CUE,
    FORGET_TALK,
    GUIDED_TALKS,
    TALK_CUE,
    TALK_RESTS,
    TALK_TURN,
    TURN,
    GuidedTalk,
)
from kernel.features import Feature, timeless

FEATURE = Feature(
    name="guided talks",
    documents=(GuidedTalk, Consent, ModelDay),
    cards=(CUE, TURN),
    agenda={
        TALK_RESTS: talks.rest,
        TALK_CUE: next_steps.remind,
        FORGET_TALK: timeless(talks.forget),
        FORGET_SENT: timeless(consent.forget_sent),
    },
    by_program=(TALK_TURN,),
    policy=COACHING,
    personal=(Consent,),
    belongings={GUIDED_TALKS: GuidedTalk},
    left_out={ModelDay: "how many turns with a model all people had on a day: it names nobody"},
)
