// The top bar: who is played, who else has news, the workspace's clock and the ways to move it.

import { avatar, colour } from './avatar.js';
import { tell } from './bus.js';
import { byId, el, fill } from './dom.js';
import { icon } from './icons.js';
import { openPeople } from './people_panel.js';
import { Refusal, post } from './wire.js';
import { span, weekdayAndTime, zoneName } from './time.js';
import { firstName, known, me, now, person, setClock, theWorld, zone } from './workspace.js';

const SKIPS = [
  { preset: 'hour', label: '+1 hour' },
  { preset: 'tomorrow_9', label: 'Tomorrow 9:00', testid: 'clock-skip-tomorrow' },
  { preset: 'day', label: '+1 day' },
  { preset: 'week', label: '+1 week' },
];
const news = new Map();

/** Draw the buttons of the top bar once, and let the clock tick. */
export function startTopbar() {
  byId('person-switcher').addEventListener('click', () => openPeople(byId('person-switcher'), { label: 'Whom to play', news: true, pick: (id) => tell('play', { user: id }) }));
  fill(byId('skips'), SKIPS.map(({ preset, label, testid = `clock-skip-${preset}` }) => el('button', { type: 'button', class: 'chip', 'data-testid': testid, onclick: () => skip(preset) }, label)));
  setInterval(() => known() && drawClock(), 1000);
}

export function drawPlayed() {
  const { id, real_name: name, title } = me();
  colour(document.documentElement, me().avatar.colour);
  fill(
    byId('person-switcher'),
    avatar(id),
    el(
      'span',
      { class: 'played' },
      el('span', { class: 'played-lead', text: 'You are playing' }),
      el('strong', { class: 'played-name', dir: 'auto', text: name, title: title ? `${name}, ${title}` : name }),
    ),
    icon('chevron'),
  );
  document.title = `${name} · ${theWorld().workspace.name} playground`;
  news.delete(id);
  drawNews();
}

/** Note that somebody else has new direct messages, so that the visitor knows whom to play next. */
export function noteNews(user, total, conversation) {
  if (total && news.get(user)?.total === total) return;
  news.delete(user);
  if (total && user !== me().id && !person(user).is_bot) news.set(user, { total, conversation });
  Object.assign(theWorld().people.find(({ id }) => id === user) ?? {}, { unread: total });
  drawNews();
}

function drawNews() {
  const [latest] = [...news].slice(-1);
  const more = news.size - 1;
  const rest = () => byId('person-switcher').click();
  fill(
    byId('waiting'),
    latest && newsOf(latest[0], latest[1].total, latest[1].conversation),
    more > 0 && el('button', { type: 'button', class: 'waiting-more link', 'data-testid': 'waiting-more', onclick: rest }, `${more} more`),
  );
}

function newsOf(user, total, conversation) {
  return el(
    'button',
    { type: 'button', class: 'waiting-person', 'data-testid': 'waiting-person', 'data-user': user, onclick: () => tell('play', { user, conversation }) },
    avatar(user, 'small'),
    el('span', { class: 'waiting-words', dir: 'auto' }, `${firstName(user)} has ${total} new`, el('span', { class: 'waiting-noun' }, total === 1 ? ' message' : ' messages')),
    el('span', { class: 'waiting-switch', text: 'Switch' }),
  );
}

export function drawClock() {
  const { offset } = theWorld();
  const shifted = offset >= 60;
  byId('clock-time').textContent = weekdayAndTime(now(), zone());
  byId('clock-time').title = `${zoneName(zone())}, where ${firstName(me().id)} is`;
  byId('clock-zone').textContent = zoneName(zone());
  byId('clock-zone').hidden = shifted;
  byId('clock-shift').hidden = !shifted;
  byId('clock-shift').textContent = shifted ? `Shifted ${span(offset)} ahead` : '';
  byId('clock').classList.toggle('shifted', shifted);
}

async function skip(preset) {
  try {
    setClock(await post('/ui/clock', { preset, user: me().id }));
    tell('clock');
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
    tell('trouble', { sentence: refusal.message });
  }
}
