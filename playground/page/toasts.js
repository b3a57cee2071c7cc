// Short notices in the corner: a message that arrived elsewhere, or something that went wrong.

import { announce, byId, el } from './dom.js';
import { icon } from './icons.js';
import { closeButton } from './popup.js';
import { avatar } from './avatar.js';

const STAY = 7000;
const MOST = 3;

/** Show a notice; `act` makes it something to press. Pointing at it keeps it. */
export function toast({ sentence, by = null, heading = '', act = null, kind = '', about = null }) {
  const body = [heading && el('strong', { dir: 'auto', text: heading }), el('span', { class: 'toast-text', dir: 'auto', text: sentence })];
  const picture = by ? avatar(by, 'small') : kind === 'problem' && icon('warning');
  const node = el('div', { class: `toast ${kind}`, 'data-testid': 'toast', 'data-about': about });
  const leave = () => node.remove();
  const main = act
    ? el('button', { type: 'button', class: 'toast-main', onclick: () => (leave(), act()) }, picture, el('span', {}, body))
    : el('div', { class: 'toast-main' }, picture, el('span', {}, body));
  node.append(main, closeButton('Dismiss', leave));
  byId('toasts').append(node);
  while (byId('toasts').childNodes.length > MOST) byId('toasts').firstChild.remove();
  announce(heading ? `${heading}: ${sentence}` : sentence);
  linger(node, leave);
}

/** Take away every notice, as for somebody else who looks now. */
export function dismissAll() {
  byId('toasts').replaceChildren();
}

/** Take away the notices about a place that is now on screen. */
export function dismissAbout(about) {
  for (const node of [...byId('toasts').children]) if (node.dataset.about === about) node.remove();
}

function linger(node, leave) {
  let timer = setTimeout(leave, STAY);
  const hold = () => clearTimeout(timer);
  const resume = () => {
    clearTimeout(timer);
    timer = setTimeout(leave, STAY);
  };
  node.addEventListener('pointerenter', hold);
  node.addEventListener('focusin', hold);
  node.addEventListener('pointerleave', resume);
  node.addEventListener('focusout', resume);
}
