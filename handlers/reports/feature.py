"""Reports as a part of all conversations: their form says itself whom to turn to."""

from handlers.interactions.conversation import Conversation
from handlers.reports import form
from kernel.features import Feature

CONVERSATION = Conversation(feature=Feature(name="reports"), answers_itself=frozenset({form.FORM}))
