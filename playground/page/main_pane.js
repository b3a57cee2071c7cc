// The middle: the open conversation with its header, its messages or the app's Home tab, and the field to write in.

import { forgetHome, openHome } from './app_home.js';
import { promptRow } from './agent.js';
import { fetchEarlier, fetchNewest, kept } from './archive.js';
import { avatar, presence } from './avatar.js';
import { tell } from './bus.js';
import { Composer } from './composer.js';
import { byId, el, fill } from './dom.js';
import { icon } from './icons.js';
import { MessageList } from './message_list.js';
import { mrkdwn } from './mrkdwn.js';
import { Refusal } from './wire.js';
import { conversation, me, nameOf, others, person, spokenTitle, theApp, title } from './workspace.js';

let place = null;
let begun = {};
let list = null;
let prompts = null;
export let composer = null;

/** Build what stays: the list and the field. */
export function startMainPane() {
  list = new MessageList({ label: 'Messages', before: () => beginning() });
  composer = new Composer({ testid: 'composer' });
  prompts = promptRow((text) => composer.write(text));
  byId('talk').append(list.node, prompts.node, composer.node);
  byId('tab-home').addEventListener('click', () => tell('go', { conversation: place.id, tab: 'home' }));
  byId('tab-messages').addEventListener('click', () => tell('go', { conversation: place.id, tab: 'messages' }));
  byId('tabs').addEventListener('keydown', ({ key }) => ['ArrowLeft', 'ArrowRight'].includes(key) && otherTab());
}

function otherTab() {
  const next = byId('tab-home').getAttribute('aria-selected') === 'true' ? byId('tab-messages') : byId('tab-home');
  next.click();
  next.focus();
}

/** Show a conversation; its messages follow as soon as they are here. */
export async function openConversation(id, tab) {
  place = conversation(id);
  const home = tab === 'home' && place.kind === 'app';
  drawHead(home);
  byId('home').hidden = !home;
  byId('talk').hidden = home;
  composer.go(id, undefined, place.kind === 'app' ? `Message ${theApp().name}` : `Message ${spokenTitle(place)}`);
  if (home) return openHome();
  const old = kept(id);
  list.show(id, old?.messages ?? []);
  list.node.setAttribute('aria-label', `Messages in ${spokenTitle(place)}`);
  await refreshMessages(id);
}

/** Fetch the newest messages again, and show them if the conversation is still open. */
export async function refreshMessages(id = place?.id) {
  list.node.setAttribute('aria-busy', 'true');
  try {
    await fetchNewest(id);
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
    tell('trouble', { sentence: refusal.message });
  }
  list.node.removeAttribute('aria-busy');
  drawMessages(id);
}

/** Draw what is kept of a conversation, if it is the open one. */
export function drawMessages(id) {
  if (id === place?.id && kept(id)) list.show(id, kept(id).messages);
}

/** Start over for another person: nothing of the one before may stay on screen. */
export function clearMainPane() {
  list.clear();
  forgetHome();
}

export function drawHead(home = byId('talk').hidden) {
  if (!place) return;
  place = conversation(place.id) ?? place;
  const isApp = place.kind === 'app';
  prompts.show(place.prompts);
  byId('tabs').hidden = !isApp;
  byId('tabs').setAttribute('aria-label', theApp().name);
  select('tab-home', home);
  select('tab-messages', !home);
  fill(byId('place-sign'), isApp ? avatar(theApp().user_id) : place.kind === 'im' ? avatar(others(place)[0] ?? me().id) : icon(place.kind === 'channel' ? 'hash' : 'people'));
  byId('place-title').textContent = title(place);
  byId('place-title').title = title(place);
  fill(byId('place-about'), about());
}

function select(id, on) {
  byId(id).setAttribute('aria-selected', String(on));
  byId(id).tabIndex = on ? 0 : -1;
}

function about() {
  if (place.kind === 'app') return el('span', { class: `linked ${theApp().connected ? 'up' : 'down'}`, text: theApp().connected ? 'Connected' : 'Not connected' });
  if (place.kind === 'im') return [presence(person(others(place)[0] ?? me().id)), el('span', { dir: 'auto', text: person(others(place)[0] ?? me().id).title })];
  const people = `${place.members.length} ${place.members.length === 1 ? 'member' : 'members'}`;
  return [el('span', { text: people }), place.topic && el('span', { dir: 'auto', title: place.topic, text: `· ${place.topic}` })];
}

function beginning() {
  const shelf = place && kept(place.id);
  if (!shelf) return null;
  const key = `${me().id}/${place.id}/${shelf.more}`;
  if (begun.key !== key) begun = { key, node: shelf.more ? drawEarlier() : drawBeginning() };
  return begun.node;
}

const drawEarlier = () => el('div', { class: 'earlier' }, el('button', { type: 'button', class: 'btn', onclick: earlier }, 'Show earlier messages'));

function drawBeginning() {
  return el('div', { class: 'beginning', 'data-testid': 'beginning' }, el('h2', { dir: 'auto', text: spokenTitle(place) }), el('p', { dir: 'auto' }, mrkdwn(greeting())));
}

function greeting() {
  const [command] = theApp().commands;
  if (place.kind === 'app') return `What ${theApp().name} tells ${nameOf(me().id)} lands here. Write to it, or type \`${command?.command ?? '/'}\` to begin.`;
  if (place.kind === 'channel') return `This is the very beginning of #${place.name}. Say something, or ask with \`${command?.command ?? '/'}\` from anywhere.`;
  return `This is the beginning of your talk with ${others(place).map(nameOf).join(' and ') || 'yourself'}.`;
}

async function earlier() {
  await fetchEarlier(place.id);
  drawMessages(place.id);
}

