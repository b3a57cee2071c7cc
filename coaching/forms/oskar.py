"""OSKAR (outcome, scale, know-how, affirm, review; P. Z. Jackson, M. McKergow): when one is stuck."""

from coaching.forms.plan_steps import ENDING
from coaching.language.form import Branch, Form, Keeps, Kind, Step
from coaching.language.themes import Theme

OSKAR = Form(
    "oskar",
    "Get unstuck",
    "being stuck: finding what already works, and one step up from there",
    7,
    (
        Step(
            "outcome",
            (
                "Suppose it is solved next week: what is the first thing you would notice?",
                "What would be going on instead, if this were no longer in your way?",
                "What would a day look like when this is no trouble any more?",
                "What would other people see you do when this works?",
                "What would you like to have in its place?",
            ),
            fits={
                Theme.WORN: (
                    "Suppose the weight were off by next week: what is the first thing you would notice?",
                    "How would an ordinary day look, with that load gone?",
                    "What would you do with the strength that this takes from you now?",
                    "What would other people see you do, once you are not worn out by this?",
                    "What would you like to have in its place?",
                ),
            },
            keeps=Keeps.GOAL,
        ),
        Step(
            "scale",
            (
                "If 10 is that day and 0 is the worst it has been, what number is it now?",
                "Where are you today, when 10 is what you just described and 0 its opposite?",
                "What number from 0 to 10 says how close you already are?",
                "How close to that are you now, from 0 to 10?",
                "Which point from 0 to 10 fits how things stand this week?",
            ),
            kind=Kind.SCALE,
            quotes="outcome",
            branches=(Branch(to="works", below=1),),
        ),
        Step(
            "not_lower",
            (
                "What keeps it from being one point lower?",
                "What are you doing already that makes it that number and not less?",
                "How did you get even that far?",
                "What helps, so that it is not a zero?",
                "What do you do that keeps it at that number?",
            ),
            numbered=(
                "What makes it a {n} and not a {down}?",
                "What keeps it at {n}, when it could be a {down}?",
                "How did you get as far as {n}?",
                "What are you doing already that makes it a {n}?",
                "What is in that {n}: what helps, even a little?",
            ),
        ),
        Step(
            "works",
            (
                "When was it a little better than now, and what was different then?",
                "What has worked before, here or somewhere like it, even for an hour?",
                "Where does something like this already go well for you?",
                "What did you do the last time you got past a thing like this?",
                "Which small thing, on a good day, makes the difference?",
            ),
        ),
        Step(
            "one_up",
            (
                "What is the smallest thing that would bring it one point up?",
                "On the day that it is one point higher, what will you have done?",
                "What is one small thing that moves it up by a single point?",
                "Which step, small enough for this week, is worth one point?",
                "What would you be doing at one point higher that you are not doing now?",
            ),
            numbered=(
                "What is the smallest thing that would bring the {n} to a {up}?",
                "What would you have done, on the day that it is a {up}?",
                "What is one small thing of yours that turns the {n} into a {up}?",
                "Which step, small enough for this week, takes it from {n} to {up}?",
                "What would you be doing at {up} that you are not doing at {n}?",
            ),
            keeps=Keeps.STEP,
            unless_said=True,
            quotes="scale",
        ),
        *ENDING,
    ),
)
