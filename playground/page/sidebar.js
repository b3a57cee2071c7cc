// The left bar: the app, channels, direct messages; and on narrow screens the drawer that holds it.

import { avatar, badge, presence } from './avatar.js';
import { tell } from './bus.js';
import { byId, el, fill } from './dom.js';
import { icon } from './icons.js';
import { openPeople } from './people_panel.js';
import { me, others, person, theApp, theWorld, title } from './workspace.js';

/** Draw the left bar; `open` is the id of the conversation on screen. */
export function drawSidebar(open) {
  const focused = byId('sidebar').contains(document.activeElement) ? document.activeElement.dataset.conversation : null;
  byId('workspace-name').textContent = theWorld().workspace.name;
  fill(
    byId('places'),
    group('Apps', null, of('app').map((place) => row(place, open))),
    group('Channels', null, of('channel').map((place) => row(place, open))),
    group('Direct messages', newMessage(), [...of('im'), ...of('mpim')].sort(latest).map((place) => row(place, open))),
  );
  if (focused) byId('places').querySelector(`[data-conversation="${CSS.escape(focused)}"]`)?.focus();
}

const of = (kind) => theWorld().conversations.filter((place) => place.kind === kind);

const latest = (one, other) => Number(other.last_ts ?? 0) - Number(one.last_ts ?? 0);

function group(name, extra, rows) {
  const none = !rows.length && el('p', { class: 'nothing', text: name === 'Direct messages' ? 'Nobody yet. Press + to write to a colleague.' : 'None yet.' });
  return el('section', { class: 'place-group', 'aria-label': name }, el('div', { class: 'place-heading' }, el('h2', { text: name }), extra), el('ul', {}, rows.map((one) => el('li', {}, one))), none);
}

function row(place, open) {
  const name = title(place);
  const go = () => (closeDrawer(), tell('go', { conversation: place.id }));
  return el(
    'button',
    {
      type: 'button',
      class: `place ${place.unread ? 'unread' : ''}`,
      'aria-current': place.id === open ? 'page' : null,
      'data-conversation': place.id,
      'data-testid': `place-${place.id}`,
      title: name,
      onclick: go,
    },
    sign(place),
    el('span', { class: 'place-name', dir: 'auto', text: name }),
    place.kind === 'im' && presence(person(others(place)[0] ?? me().id)),
    badge(place.unread),
  );
}

function sign(place) {
  if (place.kind === 'channel') return icon(place.is_private ? 'lock' : 'hash');
  if (place.kind === 'app') return avatar(theApp().user_id, 'small');
  return place.kind === 'im' ? avatar(others(place)[0] ?? me().id, 'small') : icon('people');
}

function newMessage() {
  const label = 'New message';
  const begin = ({ currentTarget }) => openPeople(currentTarget, { label, without: [me().id], pick: (id) => tell('write-to', { people: [id] }) });
  return el('button', { type: 'button', class: 'icon-button', 'aria-label': label, title: label, 'aria-expanded': false, 'data-testid': 'new-message', onclick: begin }, icon('plus'));
}

/** Let the menu button open the left bar on narrow screens. */
export function startDrawer() {
  byId('menu').addEventListener('click', () => setDrawer(!document.body.classList.contains('drawer-open')));
  byId('scrim').addEventListener('click', closeDrawer);
  byId('sidebar').addEventListener('keydown', (event) => event.key === 'Escape' && (closeDrawer(), byId('menu').focus()));
}

function setDrawer(open) {
  document.body.classList.toggle('drawer-open', open);
  byId('menu').setAttribute('aria-expanded', String(open));
  if (open) byId('places').querySelector('button')?.focus();
}

export const closeDrawer = () => setDrawer(false);
