"""What the safety gate found in the texts of one interaction, so that no listener has to read them again.

It lives as long as the interaction does; what people write is remembered nowhere else.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sensing.safety.safety import NOTHING, Finding, Tier, read


@dataclass(frozen=True, slots=True)
class Screening:
    """The finding of each text as it was read, letter by letter."""

    findings: Mapping[str, Finding] = field(default_factory=dict)

    @classmethod
    def by_reading(cls, *texts: str) -> "Screening":
        """Read texts, each once."""
        return cls({text: read(text) for text in dict.fromkeys(texts)})

    @property
    def gravest(self) -> Finding:
        """The gravest finding."""
        return min(self.findings.values(), key=_gravity, default=NOTHING)

    def of(self, text: str) -> Finding:
        """What a text speaks of; one that is not among the texts, letter by letter, is read now."""
        known = self.findings.get(text)
        return read(text) if known is None else known


def _gravity(finding: Finding) -> int:
    return finding.tier or len(Tier)


UNSCREENED = Screening()
