"""How the guide leads in what it gives back: data, in many wordings; {} is what was said."""

from collections.abc import Mapping

from coaching.language.form import Keeps

QUOTED = (
    "You wrote: “{}”",
    "In your words: “{}”",
    "You say: “{}”",
    "“{}”, you write.",
    "You put it like this: “{}”",
    "I read: “{}”",
    "Your words: “{}”",
    "You name this: “{}”",
    "You mention this: “{}”",
    "I take this from it: “{}”",
)
EARLIER = (
    "Earlier you wrote: “{}”",
    "Back to what you said before: “{}”",
    "You named this before: “{}”",
    "From earlier: “{}”",
    "What you wrote a little earlier: “{}”",
)
MOMENTS = (
    "The moment: {}.",
    "So it starts then: {}.",
    "Then it is {}.",
    "Your moment: {}.",
    "That is when it begins: {}.",
)
STEPS = (
    "Your step: {}.",
    "So you begin with this: {}.",
    "This is the step: {}.",
    "You begin here: {}.",
    "What you do first: {}.",
)
SPEECH = (
    "Said aloud: “{}”",
    "So these are the words: “{}”",
    "This is how you say it: “{}”",
    "Your words for it: “{}”",
    "You say this: “{}”",
)
LISTS = (
    "On your list: {}.",
    "So far you have {}.",
    "You see these ways: {}.",
    "Your ideas: {}.",
    "These are your ways forward: {}.",
)
ONE_MORE = (
    "With {} you have {} ways forward.",
    "And {}: that makes {}.",
    "So {} joins the list; {} by now.",
    "You add {}, which makes {} ideas.",
    "Then there is {} as well: {} in all.",
)
NUMBERS = (
    "You put it at {} of 10",
    "{} of 10, then",
    "So, {} of 10",
    "You say {} of 10",
    "That is {} of 10",
)
LEVELS: Mapping[Keeps, str] = {
    Keeps.MEASURE: "You look at this",
    Keeps.BASELINE: "Today",
    Keeps.EXPECTED: "As expected",
    Keeps.MORE: "A little more",
    Keeps.MUCH_MORE: "Much more",
    Keeps.LESS: "A little less",
}


def every_lead() -> dict[str, tuple[str, ...]]:
    """Return all wordings, by what they lead in."""
    return {
        "quoted": QUOTED,
        "earlier": EARLIER,
        "moment": MOMENTS,
        "step": STEPS,
        "speech": SPEECH,
        "list": LISTS,
        "one more": ONE_MORE,
        "number": NUMBERS,
    }
