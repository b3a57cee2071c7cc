"""The talk that fits what somebody brings, whatever their work is."""

import pytest

from coaching.guide.form_selection import form_for


@pytest.mark.parametrize(
    ("opening", "form"),
    [
        ("I have to tell my co-founder that I want to leave", "clear"),
        ("How do I tell an employee that he smells?", "clear"),
        ("two of my volunteers refuse to work together", "clear"),
        ("My student isn't delivering and I avoid the talk", "clear"),
        ("should I confront my manager about it", "clear"),
        ("I keep putting off the talk with my manager", "clear"),
        ("whether to take the lead position or stay a nurse", "grow"),
        ("Should I do an MBA?", "grow"),
        ("want a promotion this year", "grow"),
        ("help", "grow"),
        ("want to start running again before work", "woop"),
        ("I'd like to read more", "woop"),
        ("I keep snapping at my staff", "woop"),
        ("I want to write my novel every day", "woop"),
        ("trying to cut down on coffee", "woop"),
        ("I snap at my kids after work", "woop"),
        ("Je n'arrive pas à dire non", "woop"),
        ("Ich muss meiner Chefin sagen, dass ich gehe", "clear"),
        ("he is taking credit for my work", "clear"),
        ("haven't started the deck, keep opening the file", "oskar"),
        ("I can't concentrate in the new office", "oskar"),
        ("three people quit and I'm out of ideas", "grow"),
        ("my apprentice doesn't listen and cut himself", "clear"),
        ("two of my people hate each other", "clear"),
        ("giving my first negative performance review tomorrow", "clear"),
        ("cant get myself to do my tax stuff", "woop"),
        ("I'd read a book a month but I end up on tiktok", "woop"),
        ("i want to learn to speak up", "woop"),
        ("Ik wil beter nee leren zeggen", "woop"),
        ("an empty slide deck and my head is empty as well", "oskar"),
        ("I've rewritten this proposal nine times", "oskar"),
        ("I feel guilty when I leave at five", "grow"),
        ("whats the best way to get promoted here", "grow"),
        ("I run the only vet practice here and want my weekends back", "grow"),
        ("my first salary negotiation", "clear"),
        ("they want an answer and ask every day", "grow"),
        ("I feel stuck in my job", "oskar"),
        ("we're going round in circles", "oskar"),
        ("60k here vs 64k there, need to tell them by monday", "grow"),
        ("my chief wants a presentation from me and i never did one", "grow"),
        ("my colleague he always puts his work on me", "clear"),
        ("I haven't written a line in three weeks", "oskar"),
    ],
)
def test_the_talk_that_fits_is_found(opening: str, form: str):
    assert form_for(opening) == form
