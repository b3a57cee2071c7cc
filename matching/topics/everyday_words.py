"""Everyday English words that are also names of tools or subjects: alone they hardly name a topic."""

# fmt: off
EVERYDAY = frozenset((
    "a", "access", "act", "age", "all", "an", "and", "are", "as", "ash", "at", "base", "basic", "be",
    "bean", "big", "block", "blue", "box", "bus", "by", "c", "can", "case", "chef", "class", "clean",
    "cloud", "d", "dart", "do", "door", "draw", "elm", "excel", "express", "fast", "flask", "flow", "for",
    "form", "go", "grow", "he", "hack", "help", "hive", "how", "i", "idea", "if", "in", "io", "is", "it",
    "lean", "less", "light", "me", "make", "more", "my", "next", "no", "node", "nest", "note", "numbers",
    "of", "on", "one", "open", "or", "our", "out", "pages", "pr", "puppet", "question", "r", "react",
    "ruby", "rust", "sad", "sales", "salt", "she", "slack", "so", "spark", "spring", "stack", "storm",
    "swift", "team", "teams", "that", "the", "this", "time", "to", "tool", "tools", "trees", "up", "us",
    "vault", "we", "what", "who", "word", "work", "you", "zoom",
))
# fmt: on

# fmt: off
FUNCTION_WORDS = frozenset((
    "the", "a", "an", "of", "to", "in", "is", "it", "for", "and", "or", "on", "with", "i", "my", "that",
    "this", "be", "are", "as", "can", "how", "do", "what", "if", "when", "from", "at", "by", "not",
    "have", "has", "was", "but", "which", "there", "so", "we", "you", "would", "any", "does", "using",
    "use", "one", "get", "all", "am", "will", "no", "me",
))
# fmt: on
