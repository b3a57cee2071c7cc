"""What people say: messages, slash commands, shortcuts."""

from dataclasses import dataclass
from typing import Any

from playground.acting.composing import composed, typed
from playground.foundation.errors import NotPossible, SlackError
from playground.line import payloads
from playground.line.envelopes import Ack, Sending
from playground.line.slack import Slack
from playground.workspace.conversations import SlackConversation
from playground.workspace.messages import Message
from playground.workspace.people import BOT_USER_ID, SlackUser


@dataclass(frozen=True)
class CommandAnswer:
    """What the person sees after a slash command: the app's answer, or Slack's sentence on what failed."""

    ok: bool
    shown: Message | None = None
    error: str | None = None


@dataclass(frozen=True)
class Acted:
    """Whether the app took note of a click."""

    ok: bool
    error: str | None = None


def actor(slack: Slack, user: str) -> SlackUser:
    """The person who acts; those who left and robots cannot."""
    person = slack.workspace.people.get(user)
    if person.deleted or person.is_bot:
        raise NotPossible(f"{person.real_name} cannot sign in.")
    return person


def place_of(slack: Slack, user: str, conversation: str | None) -> SlackConversation:
    """A conversation the person is in; without a name, their DM with the app."""
    place = slack.workspace.conversation(conversation) if conversation else slack.workspace.dm(user)
    if user not in place.members and place.kind != "channel":
        raise NotPossible("You are not in this conversation.")
    return place


def stop_agent(slack: Slack, user: str, conversation: str, thread_ts: str) -> None:
    """Press the button that stops the app's work in a thread; the app has to say itself that it stopped."""
    place = place_of(slack, actor(slack, user).id, conversation)
    if slack.statuses.get((place.id, thread_ts)) != "processing":
        raise NotPossible(f"{slack.manifest.name} is not at work there.")
    streams = [
        reply.ts for reply in slack.workspace.timeline(place.id).thread(thread_ts, user) if reply.streaming
    ]
    where = {"channel": place.id, "thread_ts": thread_ts, "streaming_message_ts": streams}
    event = {"type": "agent_session_stopped", "user": user, **where, "event_ts": slack.clock.stamp()}
    slack.announce("agent_session_stopped", event)


def say(
    slack: Slack, user: str, text: str, conversation: str | None = None, thread_ts: str | None = None
) -> Message:
    """Write a message as a person. *text* is as Slack stores it: specials escaped, mentions marked."""
    actor(slack, user)
    place = place_of(slack, user, conversation)
    if not text.strip():
        raise NotPossible("A message needs some text.")
    if thread_ts:
        slack.workspace.message(place.id, thread_ts)
    return slack.post(slack.workspace.join(place, user), user, text=text, thread_ts=thread_ts)


def rewrite(slack: Slack, user: str, message: Message, text: str) -> Message:
    """Change one's own message; *text* as in `say`. The same again changes nothing."""
    if not text.strip():
        raise NotPossible("A message needs some text.")
    _check_own(slack, user, message)
    return message if text == message.text else slack.edit(message, text=text)


def take_away(slack: Slack, user: str, message: Message) -> None:
    """Delete one's own message."""
    _check_own(slack, user, message)
    slack.delete(message)


def _check_own(slack: Slack, user: str, message: Message) -> None:
    if message.user != actor(slack, user).id:
        raise NotPossible("Only its writer can change or delete a message.")


def marked(slack: Slack, text: str) -> str:
    """What a person typed as Slack stores it: specials escaped, @handles and #channels as ids."""
    return typed(text, slack.workspace.people, slack.workspace.conversations())


async def command(slack: Slack, user: str, name: str, text: str, conversation: str | None) -> CommandAnswer:
    """Send a slash command, and show what the acknowledgement says."""
    person, place = actor(slack, user), place_of(slack, user, conversation)
    declared = slack.manifest.command(name)
    if declared is None:
        return CommandAnswer(False, error=f"{name} is not a valid command.")
    if person.is_stranger:
        return CommandAnswer(False, error=f"{name} cannot be used by people of another workspace.")
    words = marked(slack, text) if declared.should_escape else text
    url = slack.response_url(place, user)
    payload = payloads.slash_command(person, place, name, words, url=url, trigger=slack.triggers.issue(user))
    ack = await slack.link.send(Sending("slash_commands", payload))
    return _shown(slack, payload, place, ack)


async def shortcut(slack: Slack, user: str, callback_id: str, message: Message | None) -> Acted:
    """Use a shortcut: on a message, or a global one when no message is given."""
    person = actor(slack, user)
    about: dict[str, Any] = {
        "callback_id": callback_id,
        "trigger_id": slack.triggers.issue(user),
        "action_ts": slack.clock.stamp(),
    }
    if message is None:
        return acted(
            await slack.link.send(Sending("interactive", payloads.interaction("shortcut", person, **about)))
        )
    place = place_of(slack, user, message.conversation)
    about |= {
        "message_ts": message.ts,
        "channel": payloads.channel(place),
        "message": message.payload(),
        "response_url": slack.response_url(place, user),
    }
    payload = payloads.interaction("message_action", person, **about)
    return acted(await slack.link.send(Sending("interactive", payload)))


def acted(ack: Ack) -> Acted:
    """What the person notices of an acknowledgement that shows nothing."""
    return (
        Acted(True) if ack.ok else Acted(False, f"That did not work: the app did not answer ({ack.reason}).")
    )


def _shown(slack: Slack, asked: dict[str, Any], place: SlackConversation, ack: Ack) -> CommandAnswer:
    """Show what acknowledged a slash command, whose payload was *asked*."""
    name = asked["command"]
    if not ack.ok:
        # Slack's own words, which people paste into their reports.
        code = "operation_timeout" if ack.outcome == "timeout" else "dispatch_failed"
        return CommandAnswer(False, error=f'{name} failed with the error "{code}".')
    # An empty acknowledgement shows nothing, not even the command.
    if not ack.body:
        return CommandAnswer(True)
    body = ack.body if isinstance(ack.body, dict) else {"text": str(ack.body)}
    if not body.get("text") and not body.get("blocks"):
        return CommandAnswer(True)
    try:
        parts = composed(body)
    except SlackError:
        return CommandAnswer(False, error=f'{name} failed with the error "invalid_command_response".')
    ephemeral_to = None if body.get("response_type") == "in_channel" else asked["user_id"]
    message = slack.post(place, BOT_USER_ID, ephemeral_to=ephemeral_to, **parts)
    slack.responses.shown(asked["response_url"].rpartition("/")[2], message.ts)
    return CommandAnswer(True, shown=message)
