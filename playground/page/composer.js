// The field to write in: messages, slash commands with suggestions, mentions, and the "+" menu of the app's shortcuts.

import { tell } from './bus.js';
import { el, newId } from './dom.js';
import { icon } from './icons.js';
import { run } from './message.js';
import { escape } from './mrkdwn.js';
import { openMenu } from './popup.js';
import { Suggestions } from './suggestions.js';
import { problemOf } from './surface.js';
import { Refusal, post } from './wire.js';
import { me, theApp } from './workspace.js';

const drafts = new Map();

export class Composer {
  #place = null;
  #mentions = new Map();

  /** `inThread` composers take no slash commands, as in Slack. */
  constructor({ inThread = false, testid }) {
    this.inThread = inThread;
    this.status = el('p', { class: 'composer-status', id: newId('status'), role: 'status' });
    this.input = el('textarea', {
      rows: 1,
      dir: 'auto',
      'data-testid': testid,
      'aria-describedby': this.status.id,
      oninput: () => this.#typed(),
      onkeydown: (event) => this.#key(event),
    });
    this.suggestions = new Suggestions(this.input, { commands: !inThread, onmention: (label, id) => this.#mentions.set(label, id) });
    const send = el('button', { type: 'submit', class: 'icon-button send', 'aria-label': 'Send', title: 'Send', 'data-testid': `${testid}-send` }, icon('send'));
    const row = el('div', { class: 'composer-row' }, !inThread && this.#plus(), this.input, send);
    this.node = el('form', { class: 'composer', onsubmit: (event) => (event.preventDefault(), this.send()) }, row, this.status);
  }

  #plus() {
    const label = 'Shortcuts';
    const open = ({ currentTarget }) => openMenu(currentTarget, label, this.#shortcuts());
    return el(
      'button',
      { type: 'button', class: 'icon-button', 'aria-label': label, title: label, 'aria-haspopup': 'menu', 'aria-expanded': false, 'data-testid': 'composer-plus', onclick: open },
      icon('plus'),
    );
  }

  #shortcuts() {
    const { shortcuts, commands } = theApp();
    const runs = shortcuts
      .filter(({ type }) => type === 'global')
      .map(({ name, description, callback_id: id }) => ({ label: name, hint: description, testid: `shortcut-${id}`, act: () => run({ callback_id: id }) }));
    const types = commands.map(({ command, description }) => ({ label: command, hint: description, act: () => this.write(`${command} `) }));
    return [...runs, ...types];
  }

  /** Write in this conversation (and thread); what was begun elsewhere waits there. */
  go(conversation, thread, label) {
    if (this.#place) drafts.set(this.#place.key, this.input.value);
    this.#place = { conversation, thread, key: `${me().id}/${conversation}/${thread ?? ''}` };
    this.input.placeholder = label;
    this.input.setAttribute('aria-label', label);
    this.write(drafts.get(this.#place.key) ?? '', { focus: false });
  }

  write(text, { focus = true } = {}) {
    this.input.value = text;
    if (focus) this.input.focus();
    this.#typed();
  }

  #typed() {
    this.input.style.height = 'auto';
    this.input.style.height = `${this.input.scrollHeight}px`;
    this.#hint();
    this.suggestions.refresh();
  }

  #hint() {
    const command = this.#command();
    const usage = command && theApp().commands.find(({ command: name }) => name === command.command);
    this.status.className = 'composer-status';
    this.status.setAttribute('role', 'status');
    this.status.textContent = usage ? `${usage.command} ${usage.usage_hint ?? ''} · ${usage.description ?? ''}` : '';
  }

  #command() {
    const match = /^(\/[^\s/]+)(?:\s+([\s\S]*))?$/.exec(this.input.value.trim());
    return match && { command: match[1], text: match[2] ?? '' };
  }

  #key(event) {
    if (this.suggestions.key(event) || event.isComposing) return;
    if (event.key !== 'Enter' || event.shiftKey) return;
    event.preventDefault();
    this.send();
  }

  /** Send what is written; it comes back into the field if it could not be sent. */
  async send() {
    const text = this.input.value.trim();
    const place = this.#place;
    if (!text) return;
    const command = this.#command();
    const problem = command && this.#refused(command);
    if (problem) return this.#complain(problem);
    this.write('');
    const sentence = await (command ? this.#run(command, place) : problemOf(this.#say(text, place)));
    if (sentence) this.#giveBack(text, sentence, place);
  }

  #refused({ command }) {
    if (this.inThread) return 'Slash commands do not work in threads. Use the field of the conversation.';
    if (theApp().commands.some(({ command: name }) => name === command)) return null;
    return `${command} is not a command here. Try ${theApp().commands.map(({ command: name }) => name).join(' or ')}.`;
  }

  #say(text, { conversation, thread }) {
    const answer = post('/ui/message', { user: me().id, conversation, text: this.#marked(escape(text)), thread_ts: thread });
    return answer.then((said) => (said.message && tell('said', { conversation, message: said.message }), said));
  }

  async #run({ command, text }, { conversation }) {
    const running = setTimeout(() => this.#note(`${theApp().name} is working on it …`), 400);
    try {
      const { shown, error } = await post('/ui/command', { user: me().id, conversation, command, text: this.#marked(text) });
      if (shown) tell('said', { conversation, message: shown });
      tell('commanded', { command });
      return error;
    } catch (refusal) {
      if (refusal instanceof Refusal) return refusal.message;
      throw refusal;
    } finally {
      clearTimeout(running);
      this.#hint();
    }
  }

  #marked(text) {
    const labels = [...this.#mentions.keys()].sort((one, other) => other.length - one.length);
    return labels.reduce((marked, label) => marked.replaceAll(escape(label), `<@${this.#mentions.get(label)}>`), text);
  }

  #giveBack(text, sentence, place) {
    if (place === this.#place && !this.input.value) this.write(text, { focus: false });
    else drafts.set(place.key, text);
    this.#complain(sentence);
  }

  #note(sentence) {
    this.status.textContent = sentence;
  }

  #complain(sentence) {
    this.status.setAttribute('role', 'alert');
    this.status.className = 'composer-status problem';
    this.status.textContent = sentence;
  }
}
