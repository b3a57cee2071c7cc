"""What `waymark doctor` finds: each thing with a verdict, as one sentence."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Literal

Verdict = Literal["ok", "note", "bad"]


@dataclass(frozen=True, slots=True)
class CheckResult:
    """One thing that was looked at: *ok*, a *note*, or *bad*, which the exit code tells."""

    what: str
    verdict: Verdict
    sentence: str

    def as_facts(self) -> Mapping[str, str]:
        """Its facts, for JSON."""
        return asdict(self)
