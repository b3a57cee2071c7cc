// The stack of modals: up to three views in one dialog, of which the last is seen.

import { byId, el, fill, newId } from './dom.js';
import { icon } from './icons.js';
import { words } from './mrkdwn.js';
import { closeButton } from './popup.js';
import { complaints, drawView, holdFocus, showErrors } from './view.js';
import { Refusal, post } from './wire.js';
import { me } from './workspace.js';

const stack = [];
let opener = null;

const dialog = () => byId('modal');
const top = () => stack.at(-1);
const placeOf = (shown) => stack.findIndex(({ view }) => view.id === shown.view.id);

/** Let Esc and the browser's own way of closing go through the app. */
export function startModals() {
  dialog().addEventListener('cancel', (event) => {
    event.preventDefault();
    leave(top(), false);
  });
  dialog().addEventListener('keydown', keepInside);
}

/** Show a view as number `depth` of the stack. */
export function openView(view, depth = stack.length + 1) {
  if (stack.some((shown) => shown.view.id === view.id)) return updateView(view);
  if (!stack.length) opener = document.activeElement;
  stack.splice(Math.max(0, depth - 1));
  stack.push(draw(view));
  return present();
}

/** Replace the view with the same id; what was typed stays where block and action ids stay. */
export function updateView(view) {
  const at = stack.findIndex((shown) => shown.view.id === view.id);
  if (at < 0) return;
  const old = stack[at];
  const back = holdFocus(old.form);
  const scroll = old.body.scrollTop;
  stack[at] = draw(view, old.surface);
  if (at !== stack.length - 1) return;
  present(false);
  top().body.scrollTop = scroll;
  if (!back(top().form)) focusFirst();
}

/** Leave `left` views on the stack. */
export function keepViews(left) {
  if (left < 0 || left >= stack.length) return;
  stack.splice(left);
  present();
}

export function dropView(id) {
  keepViews(stack.findIndex((shown) => shown.view.id === id));
}

/** Say what went wrong inside the open modal; return whether there is one. */
export function sayInModal(sentence) {
  if (stack.length) top().problem.textContent = sentence;
  return stack.length > 0;
}

function present(refocus = true) {
  if (!stack.length) return hide();
  fill(dialog(), top().form);
  dialog().setAttribute('aria-labelledby', top().heading);
  if (!dialog().open) dialog().showModal();
  if (refocus) focusFirst();
}

function hide() {
  dialog().close();
  dialog().replaceChildren();
  const target = opener?.isConnected ? opener : document.querySelector('[data-testid="composer"]');
  target?.focus();
  opener = null;
}

function focusFirst() {
  const { form, body } = top();
  const first = form.querySelector('[autofocus]') ?? body.querySelector('.block-input :is(input, textarea, select)') ?? body.querySelector('input, button, a[href]');
  (first ?? form.querySelector('[data-testid="modal-submit"]') ?? form.querySelector('[data-testid="modal-close"]')).focus();
}

function draw(view, before = null) {
  const shown = { view, heading: newId('modal') };
  const { blocks, surface } = drawView(view, before);
  const problem = el('p', { class: 'modal-problem', role: 'alert', 'data-testid': 'modal-problem' });
  const body = el('div', { class: 'modal-body', tabindex: '-1' }, blocks);
  const submit = hasSubmit(view) && el('button', { type: 'submit', class: 'btn primary', 'data-testid': 'modal-submit' }, words(view.submit) || 'Submit');
  const close = el('button', { type: 'button', class: 'btn', 'data-testid': 'modal-cancel', onclick: () => leave(shown, false) }, words(view.close) || (submit ? 'Cancel' : 'Close'));
  const form = el(
    'form',
    { class: 'modal', novalidate: true, 'data-testid': 'modal', 'data-view-id': view.id, onsubmit: (event) => (event.preventDefault(), submitView(shown)) },
    el('header', { class: 'modal-head' }, backButton(shown), el('h2', { id: shown.heading, dir: 'auto' }, words(view.title)), closeButton('Close', () => leave(shown, true), 'modal-close')),
    body,
    problem,
    el('footer', { class: 'modal-foot' }, close, submit),
  );
  return Object.assign(shown, { surface, form, body, problem, submit });
}

const hasSubmit = (view) => Boolean(view.submit) || view.blocks.some(({ type }) => type === 'input');

function backButton(shown) {
  const deeper = stack.length > 0 && stack[0].view.id !== shown.view.id;
  return deeper && el('button', { type: 'button', class: 'icon-button', 'aria-label': 'Back', title: 'Back', onclick: () => leave(shown, false) }, icon('back'));
}

/** Close one view, or with `clear` all of them, and let the app know if it asked to. */
async function leave(shown, clear) {
  keepViews(clear ? 0 : placeOf(shown));
  try {
    await post('/ui/close', { user: me().id, view_id: shown.view.id, clear });
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
  }
}

async function submitView(shown) {
  if (shown.form.getAttribute('aria-busy') === 'true') return;
  busy(shown, true);
  try {
    await shown.surface.settled();
    shown.problem.textContent = '';
    const wrong = complaints(shown.view, shown.surface);
    showErrors(shown.form, wrong);
    if (Object.keys(wrong).length) return;
    take(shown.view.id, await post('/ui/submit', { user: me().id, view_id: shown.view.id, state: { values: shown.surface.values() } }));
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
    shown.problem.textContent = refusal.message;
  } finally {
    busy(shown, false);
  }
}

/** Take the app's answer, unless the view has gone meanwhile; newer views stay. */
function take(id, answer) {
  const at = stack.findIndex(({ view }) => view.id === id);
  if (answer.view) openView(answer.view);
  if (at < 0 || answer.view) return;
  const shown = stack[at];
  if (answer.errors) shown.problem.textContent = showErrors(shown.form, answer.errors).join(' ');
  else if (answer.error) shown.problem.textContent = `${answer.error} What you typed is still here.`;
  else keepViews(Math.min(at, answer.stack ?? at));
}

function busy(shown, on) {
  shown.form.setAttribute('aria-busy', String(on));
  if (shown.submit) shown.submit.setAttribute('aria-disabled', String(on));
}

function keepInside(event) {
  if (event.key !== 'Tab') return;
  const reachable = [...dialog().querySelectorAll('button, input, textarea, select, a[href]')].filter((node) => !node.disabled && node.tabIndex >= 0 && node.checkVisibility());
  const [first, last] = [reachable[0], reachable.at(-1)];
  const target = event.shiftKey && document.activeElement === first ? last : !event.shiftKey && document.activeElement === last ? first : null;
  if (!target) return;
  event.preventDefault();
  target.focus();
}
