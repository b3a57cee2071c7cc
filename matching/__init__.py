"""Pure algorithms: topics from words, ranking of helpers, what was learned from past requests. No I/O, no clock."""
