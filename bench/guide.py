"""What the scripted guide says, turn by turn: `python bench/guide.py OPENINGS.jsonl [--form grow]`.

The talk that fits an opening is led, unless --form names one. Each line of the input is {"id", "text",
"replies": [...]}; each line printed is one turn, with the stage it asks for, the text as a person sees it and
the footer. "skip", "back" and "stop" steer a talk, and danger to a life ends it, as in Slack. It ends with
its form or with its replies; where it came to an end its last line has the *card*: what came of it.
"""

import argparse
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from coaching.forms import FORMS
from coaching.guide import talks
from coaching.guide.engine import next_reply
from coaching.guide.form_selection import form_for
from coaching.guide.talk import GuidedTalk
from handlers.block_kit import blocks, mrkdwn
from handlers.guided_talks import card as talk_card
from handlers.triage import advice
from kernel.values import PersonId
from sensing.safety.safety import read

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


def turns(opening: dict[str, Any], form: str | None) -> Iterator[dict[str, str]]:
    """Yield what the guide says after the opening and after each reply."""
    talk = begun(opening, form)
    line: dict[str, str] | None = None
    for reply in (*opening.get("replies", ()), None):
        said = next_reply(talk) if talk.needs_question else None
        if said is not None:
            talk = talk.ask(said, NOW)
        elif talk.needs_question:
            talk = talks.finished(talk, talk.outcome.cue, "UTC", NOW)
        if line is not None and (talk.is_hushed or not talk.is_open):
            break
        if line is not None:
            yield line
        line = {"id": talk.id, "stage": talk.turns[-1].step, "text": shown(talk), "footer": footer(talk)}
        talk = talk if reply is None else talks.heard(talk, reply, NOW)
    yield from last_lines(talk, line or {})


def begun(opening: dict[str, Any], form: str | None) -> GuidedTalk:
    """The talk that an opening begins."""
    told = {"id": str(opening["id"]), "opening": opening["text"]}
    return GuidedTalk.model_validate(
        {
            **told,
            "form": form or form_for(opening["text"]),
            "person_id": PersonId("U0BENCH"),
            "begun_at": NOW,
            "spoken_at": NOW,
        }
    )


def shown(talk: GuidedTalk) -> str:
    """A question as it stands in Slack, with the quiet line that follows an answer of distress."""
    number = len(talk.turns) - 1
    after = talk_card.care_after(talk, number) if number else advice.care(read(talk.opening), ())
    care = blocks.spoken(after)
    said = blocks.spoken([talk_card.question(talk.turns[-1])])
    return mrkdwn.unescape("\n".join(filter(None, [said, care])))


def footer(talk: GuidedTalk) -> str:
    """Who speaks."""
    return talk_card.footer(talk.turns[-1].by)


def last_lines(talk: GuidedTalk, line: dict[str, str]) -> Iterator[dict[str, str]]:
    """Yield the last turn with the card that the talk leaves behind; where danger ended it, what is said."""
    card = mrkdwn.unescape(blocks.spoken(talk_card.card(talk).blocks))
    yield {**line, "card": card} if not talk.is_open and not talk.is_hushed else line
    if talk.is_hushed:
        yield {"id": talk.id, "stage": "ended", "text": card, "footer": talk_card.SCRIPTED}


def main() -> None:
    """Print the turns of every talk in a file."""
    parser = argparse.ArgumentParser(description="What the scripted guide says to openings and replies.")
    parser.add_argument("openings", type=Path)
    parser.add_argument("--form", choices=sorted(FORMS), help="the talk to lead; otherwise the one that fits")
    chosen = parser.parse_args()
    for line in chosen.openings.read_text("utf-8").splitlines():
        for turn in turns(json.loads(line), chosen.form):
            print(json.dumps(turn, ensure_ascii=False))


if __name__ == "__main__":
    main()
