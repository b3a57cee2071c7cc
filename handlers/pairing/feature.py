"""Mentoring programmes: a row on Home for everyone, the page of admins, a word of `/ask-mentor`."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import NamedTuple

from handlers.block_kit import blocks, labels, mrkdwn, texts
from handlers.block_kit.blocks import Block
from handlers.block_kit.picture import Picture
from handlers.interactions.conversation import Conversation, HomePart, Overview, Reader, drawn
from handlers.interactions.sub_words import SubWord
from handlers.pairing import admin_forms, answers_card, page, pairs_list, programmes, sign_up_form
from handlers.pairing import words_of_programmes as said
from handlers.pairing.words import CohortWords
from kernel.kinds import ListName
from kernel.store import Key, Snapshot
from kernel.values import WORKSPACE, Document
from mentoring.admins.admins import Admins, is_admin, listed_admins
from relationships.cohorts.feature import FEATURE
from relationships.cohorts.programme import (
    ANSWERS,
    LISTED_PAIRS,
    AtWork,
    Listed,
    NotPairable,
    OpenProgrammes,
    Programme,
)
from relationships.cohorts.sign_up import SIGN_UPS, SignUp

NAME = "programmes"
SHOWN = 3


class ProgrammesAround(NamedTuple):
    """What stands around a person: the programmes that are open, and who steers the workspace."""

    open: OpenProgrammes
    admins: Admins | None


def _around(read: Snapshot, documents: Mapping[ListName, Sequence[Document]]) -> ProgrammesAround:
    return ProgrammesAround(read.find(OpenProgrammes, WORKSPACE) or OpenProgrammes(), listed_admins(read))


def _section(overview: Overview) -> list[Block]:
    """The newest programmes: to an admin with the way to their pages, to others to take part."""
    around = overview.related.get(NAME) or ProgrammesAround(OpenProgrammes(), None)
    steers = is_admin(overview.person, around.admins, overview.desk.policy, overview.me)
    mine = {it.programme_id: it for it in overview.of(SIGN_UPS, SignUp)}
    rows = [
        block
        for it in around.open.all[-SHOWN:]
        for block in (_steered(it, mine.get(it.id)) if steers else [_row(it, mine.get(it.id))])
    ]
    return [*rows, *blocks.actions([admin_forms.new_button()] if steers else [])]


def _steered(it: Listed, mine: SignUp | None) -> list[Block]:
    state = said.NOT_PAIRED if it.pairs is None else said.pairs_and_proposed(it.pairs, it.proposed)
    name = texts.quoted(it.name)
    ways = [
        blocks.button(said.PAIRS_AND_PEOPLE, page.OPEN, it.id),
        sign_up_form.open_button(it.id, said.CHANGE_PART if mine else said.TAKE_PART),
    ]
    return [blocks.row(f"{name}\n{state}"), *blocks.actions(ways)]


def _row(it: Listed, mine: SignUp | None) -> Block:
    if mine is None:
        return blocks.row(said.is_looking(texts.quoted(it.name)), sign_up_form.open_button(it.id))
    role = sign_up_form.role(mine.asked)
    told = said.youre_in_as(texts.quoted(it.name), role, by_admin=mine.added_by is not None)
    return blocks.row(told, sign_up_form.open_button(it.id, labels.CHANGE))


def _card(it: SignUp, read: Snapshot, reader: Reader) -> Picture | None:
    if reader.to != it.person_id:
        return None
    label = partial(texts.label, reader.desk.topics)
    words = CohortWords(mrkdwn.mention, label, keeps_quiet=True, value=mrkdwn.quoted)
    return sign_up_form.card(it, words)


async def _listed(reader: Reader) -> Picture | None:
    programme_id, number = reader.numbered
    it = await reader.desk.find(Programme, programme_id)
    if it is None:
        return None
    whole = await pairs_list.of_programme(reader.desk, it, reader.now)
    return pairs_list.message(it, number, whole, reader.to)


CONVERSATION = Conversation(
    feature=FEATURE,
    listen=(programmes.register,),
    painters={
        SignUp.kind: drawn(SignUp, _card),
        LISTED_PAIRS: _listed,
        ANSWERS: drawn(Programme, lambda it, _read, reader: answers_card.card(it, reader.to)),
    },
    home=(
        HomePart(
            name=NAME,
            lists={SIGN_UPS: SignUp},
            beside=(Key(OpenProgrammes, WORKSPACE), Key(Admins, WORKSPACE)),
            also=_around,
            section=_section,
            stands_at=47,
            greets=True,
        ),
    ),
    coach_words={
        "programme": SubWord(
            help=said.puts_forward("/coach-me"),
            answer=programmes.called,
            also=("programmes", "program"),
        )
    },
    ask_words={
        "programme": SubWord(
            help=said.puts_forward("/ask-mentor"),
            answer=programmes.called,
            also=("programmes", "program", "cohort"),
        )
    },
    refusals={
        AtWork: lambda no: said.at_work(mrkdwn.mention(no.by), no.do),
        NotPairable: lambda no: said.NOT_PAIRABLE[no.why],
    },
    field_refusals={
        ("name", "empty"): said.NAME_EMPTY,
        ("name", "too_long"): said.NAME_TOO_LONG,
        ("name", "there"): said.NAME_THERE,
        ("name", "too_many"): said.TOO_MANY_OPEN,
        ("sides", "none"): said.CHOOSE_A_SIDE,
        ("sides", "full"): said.FULL,
        ("wishes", "self"): said.THATS_YOU,
        ("wishes", "too_many"): said.UP_TO_PEOPLE,
        ("wants", "too_many"): said.UP_TO_TOPICS,
        ("wants", "unknown"): said.TOPIC_GONE,
        ("needs", "too_many"): said.UP_TO_TOPICS,
        ("needs", "unknown"): said.TOPIC_GONE,
        ("mentees", "unknown"): said.NOT_OFFERED,
        ("mentees_added", "empty"): said.CHOOSE_SOMEBODY,
        ("mentees_added", "too_many"): said.TOO_MANY_AT_ONCE,
        ("mentees_added", "no_member"): said.CANT_TAKE_PART,
        ("mentors_added", "no_member"): said.CANT_TAKE_PART,
        ("list_file", "empty"): said.CHOOSE_A_FILE,
        ("one", "no_mentor"): said.NOTHING_TO_SWAP,
        ("other", "no_mentor"): said.NOTHING_TO_SWAP,
        ("other", "same"): said.SWAP_IS_FOR_TWO,
        ("one", "no_mentee_here"): said.NO_MENTEE_HERE,
        ("other", "no_mentor_here"): said.NO_MENTOR_HERE,
    },
)
