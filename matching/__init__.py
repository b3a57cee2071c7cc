"""Pure algorithms: topics from words, ranking of helpers, learning from past requests. No I/O, no clock."""
