"""What mentorships bring: what is stored, what is done later, and what is one person's alone."""

from kernel.features import Feature
from relationships.mentorships import endings, reminders
from relationships.mentorships.capacity import MentorPlaces
from relationships.mentorships.mentorship import FORGET_MENTORSHIP, MENTORSHIP_DUE, Mentorship
from relationships.mentorships.own_notes import OWN_NOTES, OwnNotes

FEATURE = Feature(
    name="mentorships",
    documents=(Mentorship, OwnNotes, MentorPlaces),
    agenda={MENTORSHIP_DUE: reminders.go_on, FORGET_MENTORSHIP: endings.forget},
    personal=(MentorPlaces,),
    belongings={OWN_NOTES: OwnNotes},
)
