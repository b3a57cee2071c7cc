"""A question as its asker sees it: line, form, card, history, and the text that it was before."""
