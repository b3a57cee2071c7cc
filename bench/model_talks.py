"""How a model coaches: `python bench/model_talks.py OPENINGS.jsonl [--limit 20] [--turns]`.

It leads the talks that the openings begin with the model that WAYMARK_MODEL names (with WAYMARK_MODEL_URL
and WAYMARK_MODEL_KEY, as for the app), and beside it with the script, and counts the same in both: turns with
one question, with a reflection, and with none of what `coaching/ai/model_turn.py` refuses. Each line of the
input is {"id", "text", "replies": [...]}, as for `bench/guide.py`. Nothing is stored. No name is known here,
so none is hidden: give it openings that were written for this. A model is asked as in the app: one more try
within eight seconds, then the script. What was refused of its answers is counted by reason ("refused: …"),
and what went wrong otherwise by the kind of error ("failed: …"); `seconds` are those that it took for a turn,
in the middle and at worst. --turns prints each turn. `bench/data/openings.jsonl` has some openings to begin
with.
"""

import argparse
import asyncio
import json
import os
import statistics
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from guide import NOW, begun, footer

from coaching.ai.model_turn import is_for_a_model, model_speech, problems, theirs_of, turn_question
from coaching.ai.role_play import is_played, line_question
from coaching.forms import FORMS
from coaching.guide import talks
from coaching.guide.engine import next_reply
from coaching.guide.model import LanguageModel, ModelQuestion, S, Unfit
from coaching.guide.talk import GuidedTalk
from coaching.guide.turn import GUIDE, Reply
from coaching.language.form import Kind
from sensing.privacy.masking import Names
from slackapp.process.errors import Stop
from slackapp.process.models import opened
from slackapp.process.settings import Settings, read_partly

LIMIT = 20


@dataclass(frozen=True, slots=True)
class Said:
    """One turn of a talk: what was said, after which answer, what the linter found, how long a model took."""

    talk_id: str
    reply: Reply
    footer: str
    after: str
    faults: tuple[str, ...]
    refused: tuple[str, ...] = ()
    seconds: float = 0.0


async def led(opening: Mapping[str, Any], model: LanguageModel | None) -> AsyncIterator[Said]:
    """The turns of one talk; without a model the script's."""
    talk, after = begun(dict(opening), None), str(opening["text"])
    for answer in (*opening.get("replies", ()), None):
        scripted = next_reply(talk) if talk.needs_question else None
        if scripted is None:
            return
        refused: list[str] = []
        began = time.perf_counter()
        reply = (await _of_model(talk, scripted, model, refused) if model else None) or scripted
        asked = talk.ask(reply, NOW)
        took = time.perf_counter() - began if model else 0.0
        yield Said(talk.id, reply, footer(asked), after, tuple(faults(talk, reply)), tuple(refused), took)
        if answer is None:
            return
        talk, after = talks.heard(asked, answer, NOW), answer


async def _of_model(
    talk: GuidedTalk, scripted: Reply, model: LanguageModel, refused: list[str]
) -> Reply | None:
    """What the model says, if it can be shown; why not is added to *refused*."""
    if not is_for_a_model(talk):
        refused.append("kept back: not for a model")
        return None
    by, names = model.terms.model, Names()
    if is_played(talk, scripted):
        return await _answer(model, line_question(talk, scripted, names, by), refused)
    return await _answer(model, turn_question(talk, scripted, names, by), refused)


async def _answer(
    model: LanguageModel, question: ModelQuestion[S, Reply], refused: list[str]
) -> Reply | None:
    def fit(said: S) -> Reply:
        try:
            return question.fit(said)
        except Unfit as why:
            refused.append(f"refused: {why}")
            raise

    given = await model.ask(replace(question, fit=fit))
    if given.why and not refused:
        refused.append(f"failed: {given.why}")
    return given.answer


def faults(talk: GuidedTalk, reply: Reply) -> list[str]:
    """What is wrong with a turn, by what a model may not say; the script is held to the same."""
    asks_number = FORMS[talk.form].by_id[reply.step].kind is Kind.SCALE
    return list(problems(reply, asks_number=asks_number, theirs=theirs_of(talk)))


def figures(turns: Iterable[Said]) -> dict[str, float]:
    """Counts and shares of some turns. A reflection counts where it takes up a word of the answer before."""
    every = list(turns)
    later = [it for it in every if it.reply.step and len(it.after.split()) >= 5]
    found = Counter(f"fault: {fault}" for it in every for fault in it.faults)
    refused = Counter(why for it in every for why in it.refused)
    total, seconds = max(len(every), 1), [it.seconds for it in every if it.seconds]
    took = {"seconds p50": statistics.median(seconds), "seconds worst": max(seconds)} if seconds else {}
    return {
        "turns": len(every),
        "by a model": sum(it.reply.by != GUIDE for it in every) / total,
        "reflected": sum(_reflects(it) for it in later) / max(len(later), 1),
        "one question": sum(it.reply.question.count("?") == 1 for it in every) / total,
        "advice": sum(bool(model_speech().advice.search(it.reply.reflection)) for it in every) / total,
        "footer": sum(("AI model (" in it.footer) == (it.reply.by != GUIDE) for it in every) / total,
        "faults per 100 turns": 100 * sum(found.values()) / total,
        **took,
        **dict(found.most_common()),
        **dict(refused.most_common()),
    }


def _reflects(said: Said) -> bool:
    theirs = {word.strip(".,;:!?“”\"'").lower() for word in said.after.split() if len(word) > 3}
    return any(word.strip(".,;:!?“”\"'").lower() in theirs for word in said.reply.reflection.split())


def read(path: Path) -> list[dict[str, Any]]:
    """The openings of a file; ValueError names the first line that is none."""
    return [
        _opening(n, line) for n, line in enumerate(path.read_text("utf-8").splitlines(), 1) if line.strip()
    ]


def _opening(number: int, line: str) -> dict[str, Any]:
    wanted = f'line {number} should be like {{"id": 1, "text": "…", "replies": ["…", "…"]}}'
    try:
        found = json.loads(line)
    except ValueError:
        raise ValueError(wanted) from None
    replies = found.get("replies", []) if isinstance(found, dict) else None
    is_one = isinstance(replies, list) and all(isinstance(it, str) for it in (found.get("text"), *replies))
    if not (is_one and found["text"].strip()):
        raise ValueError(wanted)
    return {"id": number, **found}


async def compared(openings: list[dict[str, Any]], settings: Settings) -> dict[str, list[Said]]:
    """The turns of the script, and of the model where one is configured, by who leads."""
    async with opened(settings.access) as model:
        script = [it for opening in openings async for it in led(opening, None)]
        if model is None:
            return {"script": script}
        theirs = [it for opening in openings async for it in led(opening, model)]
    return {"script": script, f"{model.terms.provider}:{model.terms.model}": theirs}


def main() -> None:
    """Print the figures, or the turns."""
    parser = argparse.ArgumentParser(description="How a model coaches beside the script, by one linter.")
    parser.add_argument("openings", type=Path)
    parser.add_argument("--limit", type=int, default=LIMIT, help="talks at most")
    parser.add_argument("--turns", action="store_true", help="print every turn with its faults")
    chosen = parser.parse_args()
    try:
        sides = asyncio.run(compared(read(chosen.openings)[: chosen.limit], read_partly(os.environ)))
    except (OSError, ValueError, Stop) as wrong:
        raise SystemExit(str(wrong)) from None
    for name, turns in sides.items():
        if chosen.turns:
            for it in turns:
                line = {"by": name, "id": it.talk_id, "reflection": it.reply.reflection}
                rest = {
                    "question": it.reply.question,
                    "footer": it.footer,
                    "faults": [*it.faults, *it.refused],
                }
                print(json.dumps(line | rest, ensure_ascii=False))
        else:
            print(json.dumps({"by": name} | {key: round(it, 3) for key, it in figures(turns).items()}))


if __name__ == "__main__":
    main()
