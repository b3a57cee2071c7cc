// Draws a person's picture (initials on their colour) and the badge that counts what is unread.

import { el } from './dom.js';
import { inkOn, person } from './workspace.js';

/** Return a decorative picture; the name always stands beside it. */
export function avatar(id, size = '') {
  const { avatar: picture } = person(id);
  const node = el('span', { class: `avatar ${size}`, 'aria-hidden': true, text: picture.initials });
  colour(node, picture.colour);
  return node;
}

/** Give an element the colour of a person, and an ink that reads on it. */
export function colour(node, value) {
  node.style.setProperty('--person', value);
  node.style.setProperty('--person-ink', inkOn(value));
}

export const badge = (count, what = 'unread') =>
  count ? el('span', { class: 'badge', 'data-testid': 'badge', 'aria-label': `${count} ${what}`, text: count > 99 ? '99+' : count }) : null;

const STATES = { dnd: 'Do not disturb', active: 'Active', away: 'Away' };

export const stateOf = ({ presence: state, dnd }) => STATES[dnd ? 'dnd' : state] ?? '';

/** Return a dot that says whether a person is there. */
export function presence({ presence: state, dnd }) {
  const shown = dnd ? 'dnd' : state;
  return shown ? el('span', { class: `presence ${shown}`, role: 'img', 'aria-label': STATES[shown], title: STATES[shown] }) : null;
}
