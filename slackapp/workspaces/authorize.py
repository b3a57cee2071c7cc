"""Who the app is in a workspace, answered from what is known: no call to Slack for a request."""

from collections.abc import Awaitable, Callable

from slack_bolt.authorization import AuthorizeResult
from slack_bolt.context.async_context import AsyncBoltContext

from kernel.values import WorkspaceId
from slackapp.workspaces.workspaces import Workspaces


def workspace_of(context: AsyncBoltContext) -> WorkspaceId:
    """The workspace of a request: the organisation's id when the app is installed org-wide."""
    owner = context.enterprise_id if context.is_enterprise_install else context.team_id
    return WorkspaceId(owner or context.team_id or "")


def authorize_by(workspaces: Workspaces) -> Callable[..., Awaitable[AuthorizeResult]]:
    """The function that Bolt asks; it raises NotInstalled, which is answered as other failures are."""

    async def authorize(context: AsyncBoltContext) -> AuthorizeResult:
        installed = (await workspaces.at(workspace_of(context))).installation
        return AuthorizeResult(
            enterprise_id=context.enterprise_id,
            team_id=context.team_id,
            bot_id=installed.bot_id,
            bot_user_id=installed.bot_user_id,
            bot_token=installed.bot_token,
            bot_scopes=None if installed.scopes is None else sorted(installed.scopes),
            user_id=context.user_id,
        )

    return authorize
