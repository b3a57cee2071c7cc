"""Why these two, by kind of reason and variant; a topic, a day or a language goes into the braces."""

from collections.abc import Mapping
from typing import TypeAlias

from matching.values import ANYTHING, Lane, ReasonKind

Reasons: TypeAlias = Mapping[tuple[str, str], str]
NEW = "are someone new for you"
TO_HELPER: Reasons = {
    (ReasonKind.TOPIC, "3"): "you know {topic} in depth",
    (ReasonKind.TOPIC, "2"): "you work with {topic}",
    (ReasonKind.TOPIC, "1"): "you know your way around {topic}",
    (ReasonKind.TOPIC, ANYTHING): "you take any question",
    (ReasonKind.RELATED_TOPIC, ""): "you know {related} (close to {topic})",
    (ReasonKind.LANE, Lane.PEER): "you two work at a similar level",
    (ReasonKind.LANE, Lane.SENIOR): "you bring more experience",
    (ReasonKind.LANE, Lane.REVERSE): "you see this with fresher eyes than they do",
    (ReasonKind.LANE, "proven peer"): (
        "you two work at a similar level, which has helped most often with {proven_with} here"
    ),
    (ReasonKind.LANE, "proven senior"): (
        "you bring more experience, which has helped most often with {proven_with} here"
    ),
    (ReasonKind.LANE, "proven reverse"): (
        "you see this with fresher eyes than they do, which has helped most often with {proven_with} here"
    ),
    (ReasonKind.HOURS, "1"): "it came within your working hours",
    (ReasonKind.REPEAT, "known"): "you have helped them before",
    (ReasonKind.PAIR, "known"): "you have helped them before",
    (ReasonKind.ANSWERED, "often"): "you often help with {topic}, last on {last_at}",
    (ReasonKind.ANSWERED, "some"): "you helped with {topic} on {last_at}",
    (ReasonKind.SIMILAR, ""): "you have helped with questions like this one",
    (ReasonKind.ACTIVE, "often"): "you help people here regularly",
    (ReasonKind.RELIABLE, "good"): "your help has worked for others",
    (ReasonKind.RHYTHM, ""): "you're usually around at this hour",
    (ReasonKind.IN_TIME, "1"): "you usually answer in time",
    (ReasonKind.LANGUAGE, ""): "you speak {language}",
}
TO_ASKER: Reasons = {
    (ReasonKind.TOPIC, "3"): "know {topic} in depth",
    (ReasonKind.TOPIC, "2"): "work with {topic}",
    (ReasonKind.TOPIC, "1"): "know their way around {topic}",
    (ReasonKind.TOPIC, ANYTHING): "take any question",
    (ReasonKind.RELATED_TOPIC, ""): "know {related} (close to {topic})",
    (ReasonKind.LANE, Lane.PEER): "are at a similar level",
    (ReasonKind.LANE, Lane.SENIOR): "have more experience",
    (ReasonKind.LANE, Lane.REVERSE): "see this with fresher eyes",
    (ReasonKind.LANE, "proven peer"): (
        "are at a similar level, which has helped most often with {proven_with} here"
    ),
    (ReasonKind.LANE, "proven senior"): (
        "have more experience, which has helped most often with {proven_with} here"
    ),
    (ReasonKind.LANE, "proven reverse"): (
        "see this with fresher eyes, which has helped most often with {proven_with} here"
    ),
    (ReasonKind.HOURS, "1"): "were at work when I asked",
    (ReasonKind.REPEAT, "known"): "have helped you before",
    (ReasonKind.PAIR, "known"): "have helped you before",
    (ReasonKind.ANSWERED, "often"): "often help with {topic}, last on {last_at}",
    (ReasonKind.ANSWERED, "some"): "helped with {topic} on {last_at}",
    (ReasonKind.SIMILAR, ""): "have helped with questions like yours",
    (ReasonKind.ACTIVE, "often"): "help people here regularly",
    (ReasonKind.RELIABLE, "good"): "gave help that worked for others",
    (ReasonKind.RHYTHM, ""): "are usually around at this hour",
    (ReasonKind.IN_TIME, "1"): "usually answer in time",
    (ReasonKind.LANGUAGE, ""): "speak {language}",
    (ReasonKind.PRESENCE, "active"): "were online when I asked",
}
