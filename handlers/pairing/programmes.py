"""The conversation of a programme: an admin's page and forms, and how people put themselves forward."""

from collections.abc import Awaitable
from contextlib import suppress
from datetime import datetime
from typing import Any, NamedTuple

from handlers.block_kit import blocks, payload, refusals, texts
from handlers.block_kit.blocks import Block, View
from handlers.block_kit.errors import DrawnSince
from handlers.block_kit.payload import Id, Number, Sent, Someone
from handlers.interactions.button_click import Press
from handlers.interactions.command_call import Call
from handlers.interactions.form_answer import answering
from handlers.interactions.ports import App
from handlers.pairing import admin_forms, list_form, page, sign_up_form
from handlers.pairing import words_of_programmes as said
from handlers.pairing.admin_forms import Edit
from handlers.pairing.page import PagePosition, Tab
from kernel.desk import Desk
from kernel.errors import Refusal
from kernel.store import Key, Snapshot
from kernel.values import WORKSPACE, PersonId
from matching.pairing.values import Two
from mentoring.admins.admins import steers
from relationships.cohorts import lists, programmes
from relationships.cohorts.programme import Deed, OpenProgrammes, Programme
from relationships.cohorts.sign_up import SignUp, sign_up_id


class _Row(NamedTuple):
    """What is to be done with a pair of a programme."""

    verb: Edit
    id: Id
    mentee_id: Someone
    mentor_id: Someone


class _Leaf(NamedTuple):
    """A page of one part of a programme's page."""

    id: Id
    tab: Tab
    number: Number


class _Opened(Sent):
    """The window in which a form stands."""

    id: payload.Line = ""


class _Submitted(Sent):
    view: _Opened = _Opened()


async def called(call: Call, rest: str) -> None:
    """Open the programmes: to an admin all with their pages, to others the form of the one that is open."""
    board, is_admin = await seen(call.desk, call.me)
    if is_admin or len(board.all) > 1:
        await call.open(_listed(board, is_admin))
    elif board.all:
        await call.open(await _form(call.desk, board.all[0].id, call.me))
    else:
        await call.say(said.NOBODY_LOOKS)


async def seen(desk: Desk, me: PersonId) -> tuple[OpenProgrammes, bool]:
    """The programmes that are open, and whether somebody steers the workspace."""

    def view(read: Snapshot) -> tuple[OpenProgrammes, bool]:
        board = read.find(OpenProgrammes, WORKSPACE) or OpenProgrammes()
        return board, steers(read, desk.policy, me)

    return await desk.store.look(view, load=[Key(OpenProgrammes, WORKSPACE)])


def _listed(board: OpenProgrammes, is_admin: bool) -> View:
    rows: list[Block] = []
    for it in board.all:
        ways = [
            blocks.button(said.PAIRS_AND_PEOPLE, page.OPEN, it.id, style="primary") if is_admin else None,
            sign_up_form.open_button(it.id),
        ]
        rows += [texts.reminder(it.name), *blocks.actions(ways)]
    nothing = [blocks.section(said.NONE_OPEN)]
    new = blocks.actions([admin_forms.new_button()]) if is_admin else []
    return blocks.modal("programmes", said.PROGRAMMES, [*(rows or nothing), *new])


async def new(press: Press) -> None:
    """Open the form of a new programme."""
    async with press.answering():
        await press.open(admin_forms.start(press.cause))


async def started(ack: Any, view: View, desk: Desk, me: PersonId, now: datetime) -> None:
    """Start a programme, and show its page in the form's place."""
    filled = admin_forms.started(view)
    async with answering(ack, admin_forms.start_problems) as answer:
        made = await programmes.start(desk, me, filled.name, now, id=filled.cause, form=filled.form)
        answer.update(response_action="update", view=await page.page(desk, made.id, me, now))


async def open_page(press: Press) -> None:
    """Open a programme's page, or turn the window back to it."""
    async with press.answering():
        await _show(press, press.value)


async def look(press: Press) -> None:
    """Turn to a page of the pairs, of those without one, of who moves."""
    id, tab, number = payload.words(_Leaf, press.value)
    async with press.answering():
        await _show(press, id, PagePosition(tab, number))


async def pair(press: Press) -> None:
    """Have a programme paired, by what the button says."""
    priority = page.priority_of(press.action_id)
    await _begin(
        press,
        press.value,
        programmes.begin(*_who(press), do="pair", window=_window(press), priority=priority),
    )


async def propose(press: Press) -> None:
    """Have the pairs put to the people."""
    await _work(press, "propose")


async def take_back(press: Press) -> None:
    """Have the proposals taken back."""
    await _work(press, "take_back")


async def _work(press: Press, do: Deed) -> None:
    await _begin(press, press.value, programmes.begin(*_who(press), do=do, window=_window(press)))


async def undo(press: Press) -> None:
    """Put back what was before the latest change."""
    await _begin(press, press.value, programmes.undo(*_who(press)))


async def close(press: Press) -> None:
    """Close a programme."""
    await _begin(press, press.value, programmes.close(*_who(press)))


async def decide(press: Press) -> None:
    """Pin or ban a pair at once, or ask with whom a mentee shall swap."""
    verb, id, one, other = payload.words(_Row, press.value)
    if verb == "swap":
        async with press.answering():
            programme = await programmes.seen_by_admin(press.desk, id, press.me)
            await press.turn(admin_forms.edit(programme, verb, one))
        return
    doing = programmes.decide(
        press.desk, id, press.me, press.now, verb=verb, two=Two(one, other), window=_window(press)
    )
    await _begin(press, id, doing)


async def edit(press: Press) -> None:
    """Put the form of a decision in the page's place."""
    async with press.answering():
        programme = await programmes.seen_by_admin(press.desk, press.value, press.me)
        await press.turn(admin_forms.edit(programme))


async def edited(call: Call, view: View) -> None:
    """Decide of two people and pair anew; what can't be stays in the form."""
    filled, window = admin_forms.edited(view), payload.read(_Submitted, call.body).view.id
    desk, id, me, now = call.desk, filled.programme_id, call.me, call.now
    one, other = filled.one, filled.other
    async with answering(call.ack, admin_forms.edit_problems) as answer:
        if filled.edit == "swap":
            await programmes.swap(desk, id, me, now, one=one, other=other, window=window)
        else:
            await programmes.decide(desk, id, me, now, verb=filled.edit, two=Two(one, other), window=window)
        answer.update(response_action="update", view=await page.page(desk, id, me, now))


async def add(press: Press) -> None:
    """Put the form for more people in the page's place."""
    async with press.answering():
        programme = await programmes.seen_by_admin(press.desk, press.value, press.me)
        await press.turn(admin_forms.add(programme))


async def added(ack: Any, view: View, desk: Desk, me: PersonId, now: datetime) -> None:
    """Add people, and show the page again."""
    filled = admin_forms.added(view)
    id = filled.programme_id
    async with answering(ack, admin_forms.add_problems) as answer:
        mentees, mentors = filled.mentees_added, filled.mentors_added
        fresh = await programmes.add(desk, id, me, now, mentees=mentees, mentors=mentors)
        shown = page.headed(await page.page(desk, id, me, now), said.have_joined(fresh))
        answer.update(response_action="update", view=shown)


async def bring(press: Press, scopes: frozenset[str] | None) -> None:
    """Put the form for a list in the page's place; say what to do where files can't be read."""
    async with press.answering():
        programme = await programmes.seen_by_admin(press.desk, press.value, press.me)
        can = scopes is None or list_form.SCOPE in scopes
        await press.turn((list_form.form if can else list_form.not_granted)(programme))


async def brought(call: Call, view: View) -> None:
    """Have a list read, and show the page."""
    filled, window = list_form.filled(view), payload.read(_Submitted, call.body).view.id
    desk, id, me, now = call.desk, filled.programme_id, call.me, call.now
    async with answering(call.ack, list_form.problems) as answer:
        file = filled.list_file[0] if filled.list_file else ""
        await programmes.read_list(desk, id, me, now, file=file, side=filled.side, window=window)
        answer.update(response_action="update", view=await page.page(desk, id, me, now))


async def list_pairs(press: Press) -> None:
    """Send an admin the pairs as a list."""
    async with press.answering():
        await lists.list_pairs(press.desk, press.value, press.me, press.now)
        await _show(press, press.value, above=said.COMES)


async def take_part(press: Press) -> None:
    """Open the form in which somebody puts themselves forward."""
    async with press.answering():
        await press.open(await _form(press.desk, press.value, press.me))


async def signed_up(ack: Any, view: View, desk: Desk, me: PersonId, now: datetime) -> None:
    """Put somebody forward."""
    filled = sign_up_form.filled(view)
    async with answering(ack, sign_up_form.problems) as answer:
        made = await programmes.sign_up(desk, filled.programme_id, me, filled.asked, now)
        answer.update(response_action="update", view=sign_up_form.saved(made))


async def withdraw(press: Press) -> None:
    """Stop taking part."""
    async with press.answering():
        programme = await press.desk.get(Programme, press.value)
        await programmes.withdraw(press.desk, press.value, press.me)
        await press.turn(sign_up_form.out(programme.name))


async def _form(desk: Desk, id: str, me: PersonId) -> View:
    mine = sign_up_id(id, me)

    def view(read: Snapshot) -> tuple[Programme, SignUp | None]:
        return read.get(Programme, id), read.find(SignUp, mine)

    programme, before = await desk.store.look(view, load=[Key(Programme, id), Key(SignUp, mine)])
    return sign_up_form.form(id, programme.name, before, desk)


async def _begin(press: Press, id: str, doing: Awaitable[object]) -> None:
    """Do it and show the page; what is refused is said above the page as it is now."""
    async with press.answering():
        refused = ""
        try:
            await doing
        except Refusal as no:
            refused = f":warning: {refusals.sentence(no)}"
        await _show(press, id, above=refused)


async def _show(press: Press, id: str, place: PagePosition = page.START, above: str = "") -> None:
    """Show the page in the window that the button stands in, or in a new one."""
    view = await page.page(press.desk, id, press.me, press.now, place)
    view = page.headed(view, above)
    standing = press.sent.view
    if standing is None or standing.type != "modal":
        await press.open(view)
        return
    with suppress(DrawnSince):  # by the work that was begun
        await press.turn(view)


def _who(press: Press) -> tuple[Desk, str, PersonId, datetime]:
    return press.desk, press.value, press.me, press.now


def _window(press: Press) -> str:
    standing = press.sent.view
    return standing.id if standing and standing.type == "modal" else ""


def register(app: App) -> None:
    """Listen to the page, its forms, and to who puts themselves forward."""
    app.action(admin_forms.NEW)(new)
    app.view(admin_forms.START_FORM)(started)
    app.action(page.OPEN)(open_page)
    for action in (*page.TABS, page.OLDER, page.NEWER):
        app.action(action)(look)
    app.action(page.PAIR_MOST)(pair)
    app.action(page.PAIR_BEST)(pair)
    app.action(page.PROPOSE)(propose)
    app.action(page.TAKE_BACK)(take_back)
    app.action(page.UNDO)(undo)
    app.action(page.CLOSE)(close)
    app.action(page.ROW)(decide)
    app.action(page.EDIT)(edit)
    app.view(admin_forms.EDIT_FORM)(edited)
    app.action(page.ADD)(add)
    app.view(admin_forms.ADD_FORM)(added)
    app.action(page.BRING)(bring)
    app.view(list_form.FORM)(brought)
    app.action(page.LIST)(list_pairs)
    app.action(sign_up_form.OPEN)(take_part)
    app.view(sign_up_form.FORM)(signed_up)
    app.action(sign_up_form.WITHDRAW)(withdraw)
