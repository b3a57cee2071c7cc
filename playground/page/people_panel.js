// A searchable list of the people: to choose whom to play, or whom to write to.

import { avatar, badge, presence } from './avatar.js';
import { el, fill, newId } from './dom.js';
import { openPanel, swallow } from './popup.js';
import { timeOfDay, zoneName } from './time.js';
import { me, now, theWorld } from './workspace.js';

/** Open the list beside `anchor`; `pick` gets the id. With `news` those with new messages come first, with a badge. */
export function openPeople(anchor, { label, pick, news = false, without = [] }) {
  const list = el('div', { class: 'people-list', role: 'listbox', id: newId('people'), 'aria-label': label });
  const search = el('input', {
    class: 'input',
    type: 'text',
    role: 'combobox',
    'aria-label': `${label}: search by name or title`,
    'aria-controls': list.id,
    'aria-expanded': true,
    'aria-autocomplete': 'list',
    placeholder: 'Search by name or title',
    autocomplete: 'off',
    dir: 'auto',
    'data-testid': 'people-search',
  });
  const panel = el('div', { class: 'panel people-panel', role: 'dialog', 'aria-label': label, 'data-testid': 'people-panel' }, search, list);
  let close = () => {};
  const choose = (id) => (close({ refocus: true }), pick(id));
  const show = () => fill(list, drawRows(search.value, { news, without, choose }));
  search.addEventListener('input', () => (show(), mark(search, list, 0)));
  search.addEventListener('keydown', (event) => steer(event, search, list));
  show();
  close = openPanel(panel, anchor);
  const awaited = news && theWorld().people.some((one) => fresh(one) > 0);
  mark(search, list, awaited ? 0 : Math.max(0, rowsOf(list).findIndex((row) => row.dataset.user === me().id)));
  search.focus();
}

function drawRows(typed, { news, without, choose }) {
  const wanted = typed.trim().toLocaleLowerCase();
  const fits = ({ id, real_name: name, title }) => !without.includes(id) && `${name} ${title}`.toLocaleLowerCase().includes(wanted);
  const found = theWorld().people.filter((one) => !one.is_bot && fits(one)).sort((one, other) => (news ? fresh(other) - fresh(one) : 0) || one.real_name.localeCompare(other.real_name));
  if (!found.length) return el('p', { class: 'listbox-note', role: 'status', text: `Nobody is called “${typed}”.` });
  return found.map((person) => drawRow(person, news, choose));
}

const fresh = ({ id, unread }) => (id === me().id ? 0 : (unread ?? 0));

const marks = (person) => [person.is_admin && 'Admin', person.is_guest && 'Guest', person.is_stranger && 'Other company', person.deleted && 'Deactivated'].filter(Boolean);

function drawRow(person, news, choose) {
  return el(
    'div',
    {
      class: `person-row ${person.deleted ? 'gone' : ''}`,
      role: 'option',
      id: newId('person'),
      'data-user': person.id,
      'data-testid': 'person-option',
      'aria-selected': false,
      'aria-disabled': person.deleted ? true : null,
      onclick: () => person.deleted || choose(person.id),
    },
    avatar(person.id),
    el(
      'span',
      { class: 'person-words' },
      el('span', { class: 'person-name', dir: 'auto', title: person.real_name }, person.real_name, person.id === me().id && el('span', { class: 'you', text: ' (you)' })),
      el('span', { class: 'person-title', dir: 'auto', title: person.title, text: [person.title, ...marks(person)].filter(Boolean).join(' · ') }),
    ),
    news && person.id !== me().id && badge(person.unread, 'new'),
    el('span', { class: 'person-time', title: zoneName(person.tz) }, presence(person), timeOfDay(now(), person.tz)),
  );
}

const rowsOf = (list) => [...list.querySelectorAll('[role="option"]')];

function mark(search, list, at) {
  rowsOf(list).forEach((row, place) => {
    row.classList.toggle('active', place === at);
    row.setAttribute('aria-selected', String(place === at));
    if (place !== at) return;
    row.scrollIntoView({ block: 'nearest' });
    search.setAttribute('aria-activedescendant', row.id);
  });
}

function steer(event, search, list) {
  const rows = rowsOf(list);
  const at = rows.findIndex((row) => row.classList.contains('active'));
  if (event.key === 'ArrowDown') mark(search, list, (at + 1) % rows.length);
  else if (event.key === 'ArrowUp') mark(search, list, (at + rows.length - 1) % rows.length);
  else if (event.key === 'Enter') rows[at]?.click();
  else return;
  swallow(event);
}
