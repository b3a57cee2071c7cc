"""The modals and Home tabs that people have open: stacks of three, hashes, external ids."""

import json
import secrets
from typing import Any

from playground.foundation.errors import SlackError
from playground.foundation.feed import Feed
from playground.foundation.records import Records
from playground.workspace.view_state import Values, carried, merged
from playground.workspace.views import OpenView

DEPTH = 3


class ViewStacks:
    """What each person has before them. A view that is closed is gone, and its id is `not_found`."""

    def __init__(self, records: Records, feed: Feed) -> None:
        self._records = records
        self._feed = feed
        self._views: dict[str, OpenView] = {}
        self._stacks: dict[str, list[str]] = {}
        self._homes: dict[str, str] = {}
        self._load()

    def top(self, user: str) -> OpenView | None:
        """The modal that *user* looks at, or None."""
        stack = self._stacks.get(user)
        return self._views[stack[-1]] if stack else None

    def home(self, user: str) -> OpenView | None:
        """The Home tab that the app published for *user*, or None."""
        return self._views.get(self._homes.get(user, ""))

    def depth(self, user: str) -> int:
        """How many modals lie on top of each other."""
        return len(self._stacks.get(user, ()))

    def get(self, view_id: str) -> OpenView:
        """An open view by its id, or `not_found`."""
        if found := self._views.get(view_id):
            return found
        raise SlackError("not_found")

    def find(self, view_id: str | None, external_id: str | None) -> OpenView:
        """An open view by either of its ids, or `not_found`."""
        if view_id:
            return self.get(view_id)
        found = next((view for view in self._views.values() if view.external_id == external_id), None)
        if found is None or not external_id:
            raise SlackError("not_found")
        return found

    def open(self, user: str, body: dict[str, Any]) -> OpenView:
        """Open a modal over whatever was there; an older stack is closed."""
        self._refuse_double(body)
        for view_id in self._stacks.pop(user, []):
            self._forget(view_id)
        return self._push(user, body)

    def push(self, user: str, body: dict[str, Any]) -> OpenView:
        """Lay a modal on top of the one that is open; the fourth is `push_limit_reached`."""
        if not self._stacks.get(user):
            raise SlackError("not_found")
        if self.depth(user) >= DEPTH:
            raise SlackError("push_limit_reached")
        self._refuse_double(body)
        return self._push(user, body)

    def update(self, view: OpenView, body: dict[str, Any], expected_hash: str | None = None) -> OpenView:
        """Replace what a view shows. A stale *expected_hash* is `hash_conflict`."""
        if expected_hash and expected_hash != view.hash:
            raise SlackError("hash_conflict")
        return self._keep(view.updated(body, _fresh_hash()), "view_update")

    def publish(self, user: str, body: dict[str, Any], expected_hash: str | None = None) -> OpenView:
        """Show a Home tab to *user*."""
        if old := self.home(user):
            return self.update(old, body, expected_hash)
        view = _fresh_view(user, body, None)
        self._homes[user] = view.id
        self._records.put("home", user, view.id)
        return self._keep(view, "home")

    def fill(self, view: OpenView, said: Values) -> OpenView:
        """Take over what the person's client says is filled in."""
        filled = view.changed(values=merged(view.blocks, view.values, said))
        self._views[view.id] = filled
        self._records.put("view", view.id, filled.model_dump_json())
        return filled

    def close(self, user: str) -> None:
        """Take away the top modal."""
        if stack := self._stacks.get(user):
            closed = stack.pop()
            self._forget(closed)
            self._keep_stack(user)
            self._feed.publish({"type": "view_close", "view_id": closed, "stack": len(stack)}, user)

    def clear(self, user: str) -> list[OpenView]:
        """Take away all modals, and return them from the top down."""
        closed = [self._views[view_id] for view_id in reversed(self._stacks.get(user, []))]
        while self.depth(user):
            self.close(user)
        return closed

    def _push(self, user: str, body: dict[str, Any]) -> OpenView:
        stack = self._stacks.setdefault(user, [])
        root = self._views[stack[0]] if stack else None
        view = _fresh_view(user, body, root, previous=stack[-1] if stack else None)
        stack.append(view.id)
        self._keep(view, "view_open")
        self._keep_stack(user)
        return view

    def _keep(self, view: OpenView, change: str) -> OpenView:
        self._views[view.id] = view
        self._records.put("view", view.id, view.model_dump_json())
        if view.type == "home":
            self._feed.publish({"type": "home", "view": view.payload()}, view.user)
        else:
            self._feed.publish(
                {"type": change, "view": view.payload(), "stack": self.depth(view.user)}, view.user
            )
        return view

    def _forget(self, view_id: str) -> None:
        del self._views[view_id]
        self._records.drop("view", view_id)

    def _keep_stack(self, user: str) -> None:
        self._records.put("stack", user, json.dumps(self._stacks.get(user, [])))

    def _refuse_double(self, body: dict[str, Any]) -> None:
        name = body.get("external_id")
        if name and any(view.external_id == name for view in self._views.values()):
            raise SlackError("duplicate_external_id")

    def _load(self) -> None:
        for view_id, body in self._records.all("view"):
            self._views[view_id] = OpenView.model_validate_json(body)
        for user, stack in self._records.all("stack"):
            self._stacks[user] = [view_id for view_id in json.loads(stack) if view_id in self._views]
        self._homes = {user: view_id for user, view_id in self._records.all("home") if view_id in self._views}


def _fresh_view(
    user: str, body: dict[str, Any], root: OpenView | None, previous: str | None = None
) -> OpenView:
    view_id = f"V{secrets.token_hex(5).upper()}"
    return OpenView(
        id=view_id,
        user=user,
        hash=_fresh_hash(),
        body=body,
        values=carried(body["blocks"], {}),
        root_view_id=root.id if root else view_id,
        previous_view_id=previous,
    )


def _fresh_hash() -> str:
    return f"{secrets.randbelow(10**10)}.{secrets.token_hex(4)}"
