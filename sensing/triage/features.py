"""The kinds of help and of goals; what in a text tells one kind of help from another, and by which clues."""

from enum import StrEnum


class Choice(StrEnum):
    """The kinds of help, in the order that breaks a tie: the lighter one first."""

    ASK = "ask"
    COACH = "coach"
    SPRINT = "sprint"
    PEER_COACH = "peer_coach"
    MENTORSHIP = "mentorship"
    REVERSE = "reverse"
    SPONSOR = "sponsor"


class TriageFeature(StrEnum):
    """What in a text tells one kind of help from another; the ways to say it lie in `words/triage`."""

    FACT_WANTED = "fact_wanted"
    BROKEN_THING = "broken_thing"
    SOMEONE_WHO_KNOWS = "someone_who_knows"
    URGENT = "urgent"
    OWN_DECISION = "own_decision"
    STUCK_INSIDE = "stuck_inside"
    HARD_TALK = "hard_talk"
    WANTS_COACHING = "wants_coaching"
    SKILL_TO_BUILD = "skill_to_build"
    PRACTICE = "practice"
    WEEKS = "weeks"
    SAME_GROUND = "same_ground"
    MUTUAL = "mutual"
    CAREER = "career"
    LONG_HORIZON = "long_horizon"
    EXPERIENCE_WANTED = "experience_wanted"
    WANTS_MENTOR = "wants_mentor"
    JUNIORS_KNOW = "juniors_know"
    NEW_WAYS = "new_ways"
    VISIBILITY = "visibility"
    SPOKEN_FOR = "spoken_for"
    PASSED_OVER = "passed_over"
    SENIOR_ASKING = "senior_asking"
    WORDING = "wording"


class Clue(StrEnum):
    """What says little alone and much near another clue; the ways to say it lie in `words/clues`."""

    ABOVE = "above"
    ALIKE = "alike"
    ASKING = "asking"
    CURIOUS = "curious"
    DATED = "dated"
    DISTANT = "distant"
    DREAD = "dread"
    EXCHANGE = "exchange"
    FURTHER = "further"
    GROUND = "ground"
    GROW = "grow"
    INNER = "inner"
    MINE = "mine"
    PERSON = "person"
    PRIZE = "prize"
    SPEAK = "speak"
    TALK = "talk"
    TEACH_ME = "teach_me"
    THING = "thing"
    UNSEEN = "unseen"
    WISH = "wish"
    YOUNG = "young"


class Subject(StrEnum):
    """What kind of goal a plan is for; an *open* one is of no kind that is known."""

    TALK = "talk"
    DECISION = "decision"
    SKILL = "skill"
    CRAFT = "craft"
    SPEAK = "speak"
    WRITE = "write"
    LEAD = "lead"
    MEET = "meet"
    CONVERSE = "converse"
    HABIT = "habit"
    MOVE = "move"
    RELATE = "relate"
    OPEN = "open"
