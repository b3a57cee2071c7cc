"""Texts as people write them, what must be hidden of each, what must stay, and the names that are known."""

import json
from dataclasses import dataclass
from pathlib import Path

FILE = Path(__file__).parents[1] / "data" / "masking_cases.jsonl"
PEOPLE = (
    "Maya Lindqvist",
    "Priya Nair",
    "Will Sommer",
    "Jean-Luc Moreau",
    "田中太郎",
    "王小龙",
    "김민수",
    "Иван Петров",
    "Анна Кузнецова",
    "नेहा शर्मा",
    "Robert Smith",
    "Elizabeth Baker (she/her)",
    "Conor O'Brien",
    "An Do",
    "Mark Young",
    "May Chen",
    "Rose Hill",
    "Grace Kim",
    "Hope Adams",
    "Arthur Vale",
    "Tomasz Nowak",
    "Łukasz Müller",
    "Ana María Ríos",
    "Γιώργος Παππάς",
)


@dataclass(frozen=True, slots=True)
class Case:
    """A text, what must be gone from it, and what must be there as it was."""

    text: str
    gone: tuple[str, ...]
    stay: tuple[str, ...]


def cases() -> list[Case]:
    """All texts."""
    found = map(json.loads, FILE.read_text("utf-8").splitlines())
    return [Case(case["text"], tuple(case["gone"]), tuple(case["stay"])) for case in found]
