"""What the offer of another angle says. Names come as they are to be shown."""

# The card.
MOVED = "The offer of another angle is below."


def decided(before: str, after: str) -> str:
    return f"*{before}* {after}"


ALL_RIGHT = "*All right.* I won't bring this up again."


def offered(before: str) -> str:
    return f"*Another angle?* {before}"


def only_you(who: str) -> str:
    return f"Only you see this, and I'll only say it once. {who} isn't told."


THREE_VIEWS = "Get three views"
MY_BOARD = "My board"
NO_THANKS = "No, thanks"


def again_of_them(again: int) -> str:
    return f"{again} of them"


def went_to(to_one: int, asks: int, who: str, of_them: str, topic: str) -> str:
    return f"{to_one} of your last {asks} questions went to {who}, {of_them} about {topic}."


NOBODY_SINCE = "In the three months since, you asked nobody by name."


def since(to_one: int, asks: int) -> str:
    return f"In the three months since: {to_one} of {asks}."
