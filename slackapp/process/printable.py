"""What may reach a terminal: text in which nothing moves the cursor, turns the order round or hides."""

import re

# Control characters but tab and the line's end, marks and overrides of the writing direction, what is not to
# be seen or breaks lines elsewhere, and halves of characters.
STEERING = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)


def printable(text: str) -> str:
    """*text* with such characters spelt out, as JSON and YAML spell them between quotes."""
    return STEERING.sub(lambda found: f"\\u{ord(found.group()):04x}", text)
