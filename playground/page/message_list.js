// A scrolling list of messages with day dividers: keeps the nodes of what did not change, and stays at the end if it was there.

import { el, reconcile } from './dom.js';
import { drawMessage } from './message.js';
import { swallow } from './popup.js';
import { dayKey, dayName, momentOf } from './time.js';
import { now, zone } from './workspace.js';

const TOGETHER = 5 * 60;
const NEAR_END = 80;

export class MessageList {
  #shown = new Map();
  #dividers = new Map();
  #sticky = true;
  #put = null;

  constructor({ label, threaded = false, before = () => null }) {
    this.threaded = threaded;
    this.before = before;
    this.conversation = null;
    this.rows = el('div', { class: 'rows' });
    this.node = el('div', { class: 'messages', role: 'log', 'aria-live': 'off', 'aria-label': label, tabindex: '0' }, this.rows);
    this.node.addEventListener('keydown', (event) => this.#key(event));
    const follow = new ResizeObserver(() => this.#sticky && this.toEnd());
    follow.observe(this.node);
    follow.observe(this.rows);
    this.node.addEventListener('scroll', () => (this.#sticky = this.#atEnd() || this.#stayed()), { passive: true });
  }

  #atEnd() {
    return this.node.scrollHeight - this.node.scrollTop - this.node.clientHeight < NEAR_END;
  }

  /** Whether the list still stands where it was put: it only became smaller, nobody scrolled. */
  #stayed() {
    return this.#sticky && this.node.scrollTop === this.#put;
  }

  toEnd() {
    this.node.scrollTop = this.node.scrollHeight;
    this.#put = this.node.scrollTop;
    this.#sticky = true;
  }

  /** Show these messages of a conversation, oldest first. */
  show(conversation, messages) {
    if (conversation !== this.conversation) this.clear();
    this.conversation = conversation;
    const height = this.node.scrollHeight;
    const stick = this.#sticky;
    reconcile(this.rows, [this.before(), ...this.#nodes(messages)].filter(Boolean));
    if (stick) this.toEnd();
    else if (this.node.scrollTop === 0) this.node.scrollTop = this.node.scrollHeight - height;
  }

  clear() {
    this.#shown.clear();
    this.#dividers.clear();
    this.rows.replaceChildren();
    this.#sticky = true;
  }

  #nodes(messages) {
    const nodes = [];
    let last = null;
    for (const message of messages) {
      const day = dayKey(momentOf(message.ts), zone());
      const newDay = !last || dayKey(momentOf(last.ts), zone()) !== day;
      if (newDay && !this.threaded) nodes.push(this.#divider(day, momentOf(message.ts)));
      const node = this.#message(message);
      node.classList.toggle('follows', !newDay && continues(last, message));
      nodes.push(node);
      last = message;
    }
    return nodes;
  }

  #message(message) {
    const old = this.#shown.get(message.ts);
    if (old?.message === message) return old.node;
    const node = drawMessage(message, this.conversation, { threaded: this.threaded });
    if (old?.node.contains(document.activeElement)) refocus(node, document.activeElement);
    this.#shown.set(message.ts, { message, node });
    return node;
  }

  #divider(day, moment) {
    const name = dayName(moment, now(), zone());
    if (!this.#dividers.has(day)) this.#dividers.set(day, el('div', { class: 'day', role: 'separator' }, el('span')));
    const node = this.#dividers.get(day);
    node.firstChild.textContent = name;
    node.setAttribute('aria-label', name);
    return node;
  }

  #key(event) {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!step || event.target.closest('input, textarea, select, [role="menu"], [role="radiogroup"]')) return;
    const all = [...this.node.querySelectorAll('.message')];
    const at = all.indexOf(event.target.closest('.message'));
    const next = at < 0 ? all.at(step < 0 ? -1 : 0) : all[at + step];
    swallow(event);
    next?.focus();
  }
}

const continues = (last, message) =>
  last.user === message.user && last.name === message.name && !last.ephemeral && !message.ephemeral && Number(message.ts) - Number(last.ts) < TOGETHER;

/** Put focus on the same control of the new picture of a message, or on the message. */
function refocus(node, active) {
  const { actionId, testid } = active.dataset;
  queueMicrotask(() => {
    const same = actionId ? node.querySelector(`[data-action-id="${CSS.escape(actionId)}"]`) : testid && node.querySelector(`[data-testid="${CSS.escape(testid)}"]`);
    (same ?? node).focus({ preventScroll: true });
  });
}
