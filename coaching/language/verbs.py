"""The verbs by which English says what somebody does or is about to do, where that can be told. Pure."""

import re


def words_of(text: str) -> frozenset[str]:
    """Return the words of a list that is written as one text."""
    return frozenset(text.split())


_BASE = """
lay breathe hang grab dig knock shake greet invest hurry count slip bake paint sing dance fetch park drop
warn thank congratulate praise reward remind nudge reassure assess evaluate weigh estimate test inspect
monitor observe watch document summarise summarize translate code deploy merge debug refactor archive label
store upload download install configure connect unplug charge wipe scrub iron shop unsubscribe delete mute
block snooze whitelist forward redirect accept achieve add address admit agree aim allow announce apologise
apologize apply appoint argue arrange arrive ask assign attend automate avoid be become beg begin believe
bring build buy calculate cancel carry catch check choose clarify clean clear close collect come compare
complete confirm confront consider contact continue convince cook cover create cut deal decide decline
delegate delete deliver dictate disappear discuss do draft drive drop earn eat empty enjoy enrol enroll
escalate explain explore face fill find finish fix follow forget free gather get give go grow hand handle
have help hide hire hit hold ignore improve include introduce invite involve join keep kick know learn leave
let listen lose lower make manage meet mention move negotiate offer open organise organize own pair park pay
pick postpone practise practice prepare present push outsource defer freeze swallow skim nap breathe stretch
prioritise prioritize propose publish pull put quit raise reach read record reduce refuse relax remove reply
rent reply reschedule resign rewrite ring save say schedule see sell send share shut sit skip sleep slow
solve sort speak spend stand start stay stick stop study submit suggest surprise swap switch take teach tell
test think throw tidy trade train try turn uninstall update use wait wake walk wash watch withdraw work
write admire analyse analyze approach block bike book brainstorm break call cap chat circulate click coach
commit count change cycle email estimate exercise experiment film focus force google interview lead limit
list log look mail map mark measure message mute name note number observe order outline pack pause phone
ping pitch plan plant play post print promise question rank refer rehearse reorganise reorganize replace
report request research rest review role-play run set shadow show sign sketch smile split spot step stretch
support survey talk text time touch track travel trust turn visit volunteer write
"""
# Words of that list that are nouns as well: verbs only before a small word or a name of people.
_AMBIGUOUS = """
address aim approach arrange bike block book break call cap change chat clean clear coach count cover cut
cycle deal draft drive drop email estimate exercise experiment face film finish focus force free google hand
help hit hold interview kick lead leave limit list log look mail map mark measure message move name note
number offer open order outline own pack park pause phone pick ping pitch plan plant play post practice
present print promise pull question rank record report request research rest reply review ring run schedule
set shadow share show sign sketch skip sleep smile sort split spot start step stick stop stretch study
support surprise survey swap switch talk test text time touch trade track train travel trust turn update use
visit volunteer wait wake walk wash watch work try code document label store monitor archive charge shop
iron paint dance bake hang reward praise forward drop slip
"""
_GO_ON = """
a an the my our your his her its their this that these those some any one two three more less all each every
both to with in on at up out off down over back away about for from into through around by it them him me us
you everything everyone something someone somebody nothing things early earlier late later again first only
just better longer without regularly properly honestly directly monday tuesday wednesday thursday friday
saturday sunday tomorrow
"""
# Of these nouns a preposition may follow just as well: "time for it", "help with it".
_THINGS = words_of("""
phone mail email text time trust support help promise rest note number name own cover report research
""")
_BETWEEN = words_of("to with in on at for from about by of off out away")
_STATES = """
want wanna need keep feel have haven't can't cannot cant don't dont didn't didnt hate love wish hope got was
couldn't couldnt wasn't struggle tried used worry lost spent started forgot missed failed
"""
BASE, AMBIGUOUS = words_of(_BASE), words_of(_AMBIGUOUS)
_FOLLOWS, STATES = words_of(_GO_ON), words_of(_STATES)
_NO_GERUND = words_of("""
nothing something anything everything morning evening thing king ring spring string during being
""")
_SUBJECTS = words_of("""
i we you he she they it who people everyone everybody nobody the my our a an his her their before after
""")
_TIMES = words_of("break start finish lunch stand call meet review work")
_PIECE = re.compile(r"[^\W\d_][\w'-]*")
# What may stand before the verb without changing that it is one.
_BEFORE = words_of("""
just maybe perhaps probably first then also simply actually not never only finally
""")
_WILLS = re.compile(
    r"^(?:(?:idk|dunno|not sure|well|so|ok|okay|honestly|maybe|perhaps|probably|then|and|or|either|first"
    r"|hm+|i think|i guess"
    r"|one is|to"
    r"|actually|also)\b[\s,:]*)*"
    r"(?:(?:i|we)(?:'ll|'d| will| would| could| can| might| may| want to| need to| should| am going to| shall"
    r"|'m going to|'m gonna| plan to| have to| would like to|'d like to|'d rather| just)\b\s*"
    r"(?:(?:also|then|first|maybe|probably|simply|just|perhaps|try to|have to|like to) )*)?",
    re.IGNORECASE,
)


def acts(words: str) -> bool:
    """Return whether words begin with what is done: "ask Ben", "not be late"; "plan B" and "work" do not."""
    pieces = _PIECE.findall(words.replace("’", "'"))
    while len(pieces) > 1 and pieces[0].lower() in _BEFORE:
        pieces = pieces[1:]
    return bool(pieces) and _is_verb(pieces[0].lower(), pieces[1] if len(pieces) > 1 else "")


def _is_verb(word: str, following: str) -> bool:
    if word not in BASE or word not in AMBIGUOUS:
        return word in BASE
    then = following.lower()
    if word in _THINGS and then in _BETWEEN:
        return False
    return then in _FOLLOWS or (len(following) > 1 and following[0].isupper()) or is_gerund(following)


def names_a_deed(words: str) -> bool:
    """Return whether somewhere in words it is said what is done, other than by "I", "we" and the like."""
    pieces = [piece.lower() for piece in _PIECE.findall(words.replace("’", "'"))]
    pairs = zip(["i", *pieces], [*pieces, ""], [*pieces[1:], "", ""], strict=False)
    return any(
        _is_verb(word, then) and word not in _TIMES and before not in _SUBJECTS
        for before, word, then in pairs
    ) or (bool(pieces) and acts(words))


def is_gerund(word: str) -> bool:
    """Return whether a word is the -ing form of a verb."""
    return len(word) > 4 and word.lower().endswith("ing") and word.lower() not in _NO_GERUND


def act_of(words: str) -> str:
    """Return what is done, without "I could" or "maybe I'll" before it; empty where no verb begins it."""
    rest = _WILLS.sub("", words.replace("’", "'").strip(), count=1)
    return rest if acts(rest) else ""
