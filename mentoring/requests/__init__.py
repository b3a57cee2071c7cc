"""A question and its asker: filed, changed, ended, tried again."""
