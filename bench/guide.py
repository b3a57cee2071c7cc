"""What the scripted guide says, turn by turn: `python bench/guide.py OPENINGS.jsonl [--form grow]`.

Each line of the input is {"id", "text", "replies": [...]}; each line printed is one turn of a talk, with the
stage it asks for, the text as a person sees it and the footer. A talk ends with its form or with its replies.
"""

import argparse
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from coaching.engine import next_reply
from coaching.forms import FORMS
from coaching.talk import Talk
from handlers import mrkdwn, talk_card
from mentoring.values import PersonId

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


def turns(opening: dict[str, Any], form: str) -> Iterator[dict[str, str]]:
    """Yield what the guide says after the opening and after each reply."""
    talk = Talk.model_validate(
        {
            "id": str(opening["id"]),
            "person_id": PersonId("U0BENCH"),
            "form": form,
            "opening": opening["text"],
            "begun_at": NOW,
            "spoken_at": NOW,
        }
    )
    for reply in (*opening.get("replies", ()), None):
        said = next_reply(talk)
        if said is None:
            return
        talk = talk.ask(said, NOW)
        text = mrkdwn.unescape(talk_card.question(talk.turns[-1]))
        yield {"id": talk.id, "stage": said.step, "text": text, "footer": talk_card.footer(said.by)}
        if reply is not None:
            talk = talk.answer(reply, NOW)


def main() -> None:
    """Print the turns of every talk in a file."""
    parser = argparse.ArgumentParser(description="What the scripted guide says to openings and replies.")
    parser.add_argument("openings", type=Path)
    parser.add_argument("--form", choices=sorted(FORMS), default="grow")
    chosen = parser.parse_args()
    for line in chosen.openings.read_text("utf-8").splitlines():
        for turn in turns(json.loads(line), chosen.form):
            print(json.dumps(turn, ensure_ascii=False))


if __name__ == "__main__":
    main()
