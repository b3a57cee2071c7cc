"""The people of the workspace: the seeded cast, and as many generated ones as a load test wants."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any, Self
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict

from playground.foundation.errors import SlackError
from playground.workspace.cast import CAST

TEAM_ID = "T0PLAYGRND"
BOT_USER_ID = "U0WAYMARK"
CROWD_ZONES = ("Europe/Berlin", "America/New_York", "Asia/Kolkata", "Asia/Tokyo", "America/Sao_Paulo")
COLOURS = ("9f69e7", "4bbe2e", "e7392d", "3c989f", "674b1b", "e96699", "2b6836", "e0a729", "684b6c", "5870dd")


class PlaygroundValue(BaseModel):
    """A frozen value that refuses unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    def changed(self, **parts: Any) -> Self:
        """The value with other parts, which have to be of the right kind as those before."""
        return self.model_validate({**dict(self), **parts})


class SlackUser(PlaygroundValue):
    """A user of the workspace. *name* is the handle behind the @."""

    id: str
    name: str
    real_name: str
    title: str = ""
    email: str = ""
    tz: str = "Etc/UTC"
    team_id: str = TEAM_ID
    locale: str = "en-US"
    is_admin: bool = False
    is_owner: bool = False
    is_restricted: bool = False
    is_bot: bool = False
    deleted: bool = False
    away: bool = False
    snoozed_until: datetime | None = None
    status_emoji: str = ""
    status_expiration: int = 0

    @property
    def is_stranger(self) -> bool:
        """Whether they belong to another workspace (Slack Connect)."""
        return self.team_id != TEAM_ID

    @property
    def initials(self) -> str:
        """The letters of an avatar."""
        words = self.real_name.split()
        return (words[0][:1] + (words[-1][:1] if len(words) > 1 else "")).upper()

    @property
    def colour(self) -> str:
        """The colour of an avatar, the same for ever."""
        return COLOURS[sum(self.id.encode()) % len(COLOURS)]

    def payload(self, now: datetime, with_email: bool = True) -> dict[str, Any]:
        """Slack's user object."""
        # Of somebody who left Slack tells little more than that.
        gone = {"id": self.id, "team_id": self.team_id, "name": self.name, "deleted": self.deleted}
        if self.deleted:
            return {**gone, "profile": self._profile(with_email), "is_bot": self.is_bot, "updated": 0}
        local = now.astimezone(zone(self.tz))
        return {
            **gone,
            "color": self.colour,
            "real_name": self.real_name,
            "tz": self.tz,
            "tz_label": local.tzname() or self.tz,
            "tz_offset": int((local.utcoffset() or timedelta()).total_seconds()),
            "profile": self._profile(with_email),
            "is_admin": self.is_admin,
            "is_owner": self.is_owner,
            "is_primary_owner": self.is_owner,
            "is_restricted": self.is_restricted,
            "is_ultra_restricted": False,
            "is_bot": self.is_bot,
            "is_app_user": False,
            "is_email_confirmed": True,
            "updated": 0,
            **({"is_stranger": True} if self.is_stranger else {"locale": self.locale}),
        }

    def _profile(self, with_email: bool) -> dict[str, Any]:
        first, _, last = self.real_name.partition(" ")
        profile = {
            "title": self.title,
            "real_name": self.real_name,
            "real_name_normalized": self.real_name,
            "display_name": self.name,
            "display_name_normalized": self.name,
            "first_name": first,
            "last_name": last,
            "status_text": "",
            "status_emoji": self.status_emoji,
            "status_expiration": self.status_expiration,
            "avatar_hash": "playground",
            "image_48": "",
            "team": self.team_id,
        }
        return {**profile, "email": self.email} if with_email and self.email else profile


class SlackUsers:
    """Everyone by id, in a stable order: the cast, those who joined, then the generated crowd.

    The app's own user can be looked up, but is in no list.
    """

    def __init__(self, app_name: str, crowd: int = 0) -> None:
        self.app = SlackUser(id=BOT_USER_ID, name=app_name.lower(), real_name=app_name, is_bot=True)
        self._known = {person.id: person for person in map(SlackUser.model_validate, CAST)}
        self._crowd = crowd

    def get(self, user: str) -> SlackUser:
        """One person; an unknown id is Slack's `user_not_found`."""
        person = self._known.get(user) or (self.app if user == BOT_USER_ID else self._from_crowd(user))
        if person is None:
            raise SlackError("user_not_found")
        return person

    def __contains__(self, user: object) -> bool:
        return isinstance(user, str) and (user in self._known or self._from_crowd(user) is not None)

    def __len__(self) -> int:
        return len(self._named()) + self._crowd

    def put(self, person: SlackUser) -> None:
        """Add a person, or replace what is known of them."""
        self._known[person.id] = person

    def page(self, start: int, limit: int) -> list[SlackUser]:
        """*limit* people from the *start*-th on."""
        named = self._named()
        numbers = range(max(0, start - len(named)), min(self._crowd, start + limit - len(named)))
        return named[start : start + limit] + [self.get(_crowd_id(number)) for number in numbers]

    def named(self) -> Iterator[SlackUser]:
        """The cast and those who joined: the people a page can show in a list."""
        return iter(self._named())

    def by_email(self, email: str) -> SlackUser:
        """The person with that address; `users_not_found` as Slack says it."""
        for person in self._known.values():
            if person.email == email.lower() and not person.deleted:
                return person
        name, _, domain = email.partition("@")
        if domain == "crowd.example" and (found := self._from_crowd(name.upper())):
            return found
        raise SlackError("users_not_found")

    def _named(self) -> list[SlackUser]:
        return [person for person in self._known.values() if not _is_crowd(person.id)]

    def _from_crowd(self, user: str) -> SlackUser | None:
        if not _is_crowd(user) or int(user[2:]) >= self._crowd:
            return None
        return _generated(int(user[2:]))


def _is_crowd(user: str) -> bool:
    return user.startswith("UP") and user[2:].isdigit()


def _crowd_id(number: int) -> str:
    return f"UP{number:07d}"


def _generated(number: int) -> SlackUser:
    user = _crowd_id(number)
    return SlackUser(
        id=user,
        name=f"person{number}",
        real_name=f"Person {number}",
        title=("Engineer", "Designer", "Analyst", "Manager")[number % 4],
        email=f"{user.lower()}@crowd.example",
        tz=CROWD_ZONES[number % len(CROWD_ZONES)],
    )


@lru_cache(maxsize=256)
def zone(name: str) -> ZoneInfo:
    """A time zone by its IANA name."""
    return ZoneInfo(name)
