// Things that open above the page: a panel beside a control, a menu of choices, a question to confirm.

import { el, newId } from './dom.js';
import { icon } from './icons.js';
import { textObject, words } from './mrkdwn.js';

const GAP = 4;
const EDGE = 8;

/** Show `panel` (a popover) beside `anchor`, above it where there is no room below. */
export function place(panel, anchor, { wide = false } = {}) {
  const box = anchor.getBoundingClientRect();
  if (wide) panel.style.minWidth = `${box.width}px`;
  panel.style.maxHeight = '';
  const { width, height: wanted } = panel.getBoundingClientRect();
  const [above, below] = [box.top - GAP - EDGE, window.innerHeight - box.bottom - GAP - EDGE];
  const up = wanted > below && above > below;
  const height = Math.ceil(Math.min(wanted, up ? above : below));
  panel.style.maxHeight = `${height}px`;
  panel.style.left = `${Math.max(EDGE, Math.min(box.left, window.innerWidth - width - EDGE))}px`;
  panel.style.top = up ? `${Math.max(EDGE, box.top - GAP - height)}px` : `${box.bottom + GAP}px`;
}

/** Show a popover beside its anchor; unless it has a place in the tree, it goes with the anchor. */
export function show(panel, anchor, options) {
  panel.setAttribute('popover', 'manual');
  if (!panel.isConnected) anchor.after(panel);
  panel.showPopover();
  place(panel, anchor, options);
}

/** Open a panel that closes on Esc, on a click elsewhere and when focus leaves; return its `close`. */
export function openPanel(panel, anchor, onclose = () => {}) {
  (anchor.closest('dialog') ?? document.body).append(panel);
  show(panel, anchor);
  anchor.setAttribute('aria-expanded', 'true');
  const stop = new AbortController();
  const close = ({ refocus = false } = {}) => {
    if (stop.signal.aborted) return;
    stop.abort();
    panel.remove();
    anchor.setAttribute('aria-expanded', 'false');
    if (refocus) anchor.focus();
    onclose();
  };
  const outside = (event) => !panel.contains(event.target) && !anchor.contains(event.target) && close();
  document.addEventListener('pointerdown', outside, { signal: stop.signal, capture: true });
  document.addEventListener('focusin', outside, { signal: stop.signal });
  window.addEventListener('resize', () => close(), { signal: stop.signal });
  panel.addEventListener('keydown', (event) => event.key === 'Escape' && (swallow(event), close({ refocus: true })), { signal: stop.signal });
  return close;
}

export function swallow(event) {
  event.preventDefault();
  event.stopPropagation();
}

/** Open a menu of `items` ({label, hint?, act, href?}) at `anchor`; arrows, Home, End and Esc work. */
export function openMenu(anchor, label, items) {
  let close = () => {};
  const choose = (item) => (close({ refocus: true }), item.act());
  const rows = items.map((item) => menuItem(item, choose));
  const menu = el('div', { class: 'panel menu', role: 'menu', 'aria-label': label }, rows);
  menu.addEventListener('keydown', (event) => moveIn(rows, event));
  close = openPanel(menu, anchor);
  rows[0]?.focus();
}

function menuItem(item, choose) {
  const row = el(
    'button',
    { type: 'button', role: 'menuitem', tabindex: '-1', class: 'menu-item', 'data-testid': item.testid, onclick: () => choose(item) },
    el('span', { class: 'menu-label', dir: 'auto' }, item.label),
    item.hint && el('span', { class: 'menu-hint', dir: 'auto', text: item.hint }),
  );
  return row;
}

/** Move focus among `rows` with the arrow keys. */
function moveIn(rows, event) {
  const steps = { ArrowDown: 1, ArrowUp: -1 };
  const at = rows.indexOf(document.activeElement);
  let next = at + (steps[event.key] ?? 0);
  if (event.key === 'Home') next = 0;
  if (event.key === 'End') next = rows.length - 1;
  if (!(event.key in steps) && event.key !== 'Home' && event.key !== 'End') return;
  swallow(event);
  rows[(next + rows.length) % rows.length]?.focus();
}

/** Ask Slack's confirm question; resolve to whether the person agreed. Without one, agree at once. */
export function confirmed(question) {
  if (!question) return Promise.resolve(true);
  return new Promise((resolve) => {
    const heading = newId('confirm');
    const dialog = el('dialog', { class: 'confirm', 'aria-labelledby': heading, 'data-testid': 'confirm' });
    const finish = (answer) => (dialog.close(), dialog.remove(), resolve(answer));
    const style = question.style === 'danger' ? 'btn danger' : 'btn primary';
    dialog.append(
      el('h2', { id: heading, dir: 'auto' }, words(question.title)),
      el('div', { class: 'confirm-text' }, textObject(question.text)),
      el(
        'div',
        { class: 'confirm-foot' },
        el('button', { type: 'button', class: 'btn', onclick: () => finish(false) }, words(question.deny) || 'Cancel'),
        el('button', { type: 'button', class: style, onclick: () => finish(true), 'data-testid': 'confirm-yes' }, words(question.confirm) || 'Yes'),
      ),
    );
    dialog.addEventListener('cancel', (event) => (event.preventDefault(), finish(false)));
    document.body.append(dialog);
    dialog.showModal();
  });
}

/** Return a round close button. */
export const closeButton = (label, act, testid) =>
  el('button', { type: 'button', class: 'icon-button', 'aria-label': label, title: label, onclick: act, 'data-testid': testid }, icon('close'));
