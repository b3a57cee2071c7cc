// Draws one message: who, when, what it says, its blocks, its thread, and what can be done with it.

import { avatar } from './avatar.js';
import { drawBlocks } from './blocks.js';
import { tell } from './bus.js';
import { el, fill } from './dom.js';
import { icon } from './icons.js';
import { mrkdwn } from './mrkdwn.js';
import { openMenu } from './popup.js';
import { ownItems } from './rewriting.js';
import { Surface, problemOf } from './surface.js';
import { momentOf, timeOfDay, weekdayAndTime } from './time.js';
import { post } from './wire.js';
import { me, nameOf, person, theApp, zone } from './workspace.js';

export const authorOf = (message) => (message.bot && message.name) || nameOf(message.user);

/** Return a message of a conversation; `threaded` is set where it is already shown in its thread. */
export function drawMessage(message, conversation, { threaded = false } = {}) {
  const at = momentOf(message.ts);
  const name = authorOf(message);
  const node = el('article', {
    class: `message ${message.ephemeral ? 'ephemeral' : ''} ${message.streaming ? 'streaming' : ''}`,
    'data-testid': 'message',
    'data-ts': message.ts,
    'data-user': message.user,
    tabindex: '-1',
    'aria-label': `${name}, ${timeOfDay(at, zone())}${message.ephemeral ? ', only visible to you' : ''}`,
  });
  const tools = el('div', { class: 'message-tools' });
  const offer = () => tools.childNodes.length || fill(tools, drawTools(node, message, conversation, threaded));
  node.addEventListener('pointerenter', offer);
  node.addEventListener('focusin', offer);
  return fill(
    node,
    message.ephemeral && el('div', { class: 'only-you', 'data-testid': 'only-you' }, icon('eye'), 'Only visible to you'),
    avatar(message.user),
    el('time', { class: 'side-time', datetime: at.toISOString(), 'aria-hidden': true, text: timeOfDay(at, zone()) }),
    el('div', { class: 'message-body' }, head(message, name, at), content(message, conversation), !threaded && threadLink(message, conversation)),
    tools,
  );
}

function head(message, name, at) {
  const time = el('time', { datetime: at.toISOString(), title: weekdayAndTime(at, zone()), text: timeOfDay(at, zone()) });
  const tag = message.bot || person(message.user).app ? el('span', { class: 'tag', text: 'App' }) : null;
  return el('header', { class: 'message-head' }, el('span', { class: 'author', dir: 'auto', title: name, text: name }), tag, time);
}

function content(message, conversation) {
  if (message.deleted) return el('div', { class: 'message-content deleted', 'data-testid': 'message-content', text: 'This message was deleted.' });
  const surface = new Surface({ type: 'message', conversation, ts: message.ts });
  const body = message.blocks?.length ? drawBlocks(message.blocks, surface) : el('div', { class: 'mrkdwn', dir: 'auto' }, mrkdwn(message.text ?? ''));
  const edited = message.edited && el('span', { class: 'edited', text: '(edited)' });
  return el('div', { class: 'message-content', 'data-testid': 'message-content' }, body, (message.files ?? []).map(drawFile), edited);
}

/** Draw a file that the app uploaded: a picture as such, anything else by its name. */
function drawFile(file) {
  const address = `/files/${encodeURIComponent(file.id)}`;
  if (!file.mimetype.startsWith('image/')) return el('a', { class: 'file', href: address, text: file.title });
  const picture = el('img', { class: 'block-picture', src: address, alt: file.alt_txt || file.title, 'data-testid': 'file' });
  return el('figure', { class: 'file' }, el('figcaption', { text: file.title }), picture);
}

function threadLink(message, conversation) {
  if (message.broadcast) {
    const open = () => tell('go', { conversation, thread: message.thread_ts, write: true });
    return el('button', { type: 'button', class: 'thread-link', 'data-testid': 'thread-link', onclick: open }, 'Also in its thread');
  }
  if (!message.reply_count) return null;
  const label = `${message.reply_count} ${message.reply_count === 1 ? 'reply' : 'replies'}`;
  const latest = message.latest_reply && ` · last at ${timeOfDay(momentOf(message.latest_reply), zone())}`;
  const open = () => tell('go', { conversation, thread: message.ts, write: true });
  return el('button', { type: 'button', class: 'thread-link', 'data-testid': 'thread-link', onclick: open }, label, latest && el('span', {}, latest));
}

function drawTools(node, message, conversation, threaded) {
  const reply = () => tell('go', { conversation, thread: message.thread_ts ?? message.ts, write: true });
  return [
    !threaded && !message.ephemeral && tool('Reply in thread', 'reply', reply, 'reply-in-thread'),
    tool('More actions', 'more', (event) => more(event.currentTarget, node, message, conversation), 'message-menu', { 'aria-haspopup': 'menu', 'aria-expanded': false }),
  ];
}

function tool(label, picture, act, testid, more = {}) {
  return el('button', { type: 'button', class: 'icon-button', 'aria-label': label, title: label, onclick: act, 'data-testid': testid, ...more }, icon(picture));
}

function more(anchor, node, message, conversation) {
  const shortcuts = message.ephemeral ? [] : theApp().shortcuts.filter(({ type }) => type === 'message');
  const items = shortcuts.map((shortcut) => ({
    label: shortcut.name,
    hint: `${theApp().name} · ${shortcut.description ?? 'message shortcut'}`,
    testid: `shortcut-${shortcut.callback_id}`,
    act: () => run({ callback_id: shortcut.callback_id, conversation, message_ts: message.ts }),
  }));
  const copy = { label: 'Copy text', act: () => navigator.clipboard?.writeText(message.text ?? '') };
  openMenu(anchor, 'More actions', [...items, copy, ...ownItems(node, message, conversation)]);
}

/** Run a shortcut for the played person; a refusal is told as a notice. */
export async function run(shortcut) {
  const sentence = await problemOf(post('/ui/shortcut', { user: me().id, ...shortcut }));
  if (sentence) tell('trouble', { sentence });
}
