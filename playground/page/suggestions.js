// Suggests slash commands and people while one writes a message.

import { el, fill, newId } from './dom.js';
import { avatar } from './avatar.js';
import { place, show, swallow } from './popup.js';
import { theApp, theWorld } from './workspace.js';

const MOST = 8;

export class Suggestions {
  #items = [];
  #active = 0;
  #dismissed = null;
  #list = el('div', { class: 'panel listbox suggestions', role: 'listbox', id: newId('suggestions'), 'aria-label': 'Suggestions', 'data-testid': 'suggestions' });

  constructor(input, { commands, onmention }) {
    Object.assign(this, { input, commands, onmention });
    input.setAttribute('aria-autocomplete', 'list');
    input.addEventListener('blur', () => this.#close());
    this.#list.addEventListener('mousedown', (event) => event.preventDefault());
  }

  /** Look at what is written and suggest what could come next. */
  refresh() {
    const before = this.input.value.slice(0, this.input.selectionStart);
    this.#items = before === this.#dismissed ? [] : this.#fitting(before);
    if (!this.#items.length || document.activeElement !== this.input) return this.#close();
    this.#active = 0;
    this.input.setAttribute('aria-controls', this.#list.id);
    if (!this.#list.isConnected) show(this.#list, this.input.closest('.composer-row'), { wide: true });
    fill(this.#list, this.#items.map((item, at) => this.#draw(item, at)));
    place(this.#list, this.input.closest('.composer-row'), { wide: true });
    return this.#mark();
  }

  #fitting(before) {
    const command = this.commands && /^\/\S*$/.exec(before);
    if (command) return commandsLike(before);
    const mention = /(?:^|\s)@([\p{L}\p{N}.'-]*(?: [\p{L}\p{N}.'-]*)?)$/u.exec(before);
    return mention ? peopleLike(mention[1]) : [];
  }

  #draw(item, at) {
    return el(
      'div',
      { class: 'option', role: 'option', id: newId('suggestion'), onclick: () => this.#accept(at) },
      item.id && avatar(item.id, 'small'),
      el('span', { class: 'option-text' }, el('strong', { dir: 'auto' }, item.label), ' ', item.usage && el('code', { text: item.usage }), el('span', { class: 'option-hint', dir: 'auto', text: item.hint })),
    );
  }

  #mark() {
    [...this.#list.children].forEach((row, at) => {
      row.classList.toggle('active', at === this.#active);
      row.setAttribute('aria-selected', String(at === this.#active));
    });
    this.input.setAttribute('aria-activedescendant', this.#list.children[this.#active].id);
  }

  #close() {
    this.#items = [];
    this.#list.remove();
    this.input.removeAttribute('aria-activedescendant');
    this.input.removeAttribute('aria-controls');
  }

  /** Take a key if the suggestions are open and it is theirs; return whether it was. */
  key(event) {
    if (!this.#items.length) return false;
    const count = this.#items.length;
    if (event.key === 'ArrowDown') this.#active = (this.#active + 1) % count;
    else if (event.key === 'ArrowUp') this.#active = (this.#active + count - 1) % count;
    else if (event.key === 'Escape') return swallow(event), this.#dismiss(), true;
    else if (event.key === 'Tab' || (event.key === 'Enter' && !event.shiftKey)) return this.#takes(event);
    else return false;
    swallow(event);
    this.#mark();
    return true;
  }

  #takes(event) {
    const { insert } = this.#items[this.#active];
    if (event.key === 'Enter' && this.input.value === insert.trim()) return this.#close(), false;
    if (event.shiftKey) return this.#close(), false;
    swallow(event);
    this.#accept(this.#active);
    return true;
  }

  #dismiss() {
    this.#dismissed = this.input.value.slice(0, this.input.selectionStart);
    this.#close();
  }

  #accept(at) {
    const { insert, replaces, id } = this.#items[at];
    const caret = this.input.selectionStart;
    const before = this.input.value.slice(0, caret).replace(replaces, '');
    this.input.value = before + insert + this.input.value.slice(caret);
    this.input.setSelectionRange(before.length + insert.length, before.length + insert.length);
    if (id) this.onmention(insert.trim(), id);
    this.#close();
    this.input.dispatchEvent(new Event('input', { bubbles: true }));
  }
}

function commandsLike(start) {
  const fitting = theApp().commands.filter(({ command }) => command.startsWith(start.toLowerCase()));
  return fitting.map(({ command, description, usage_hint: usage }) => ({ label: command, usage, hint: description ?? '', insert: `${command} `, replaces: /^\/\S*$/ }));
}

function peopleLike(start) {
  const wanted = start.toLocaleLowerCase();
  const fits = ({ real_name: name, deleted }) => !deleted && name.toLocaleLowerCase().split(/\s+/).some((_, at, parts) => parts.slice(at).join(' ').startsWith(wanted));
  const found = theWorld().people.filter(fits).slice(0, MOST);
  return found.map(({ id, real_name: name, title }) => ({ id, label: name, hint: title ?? '', insert: `@${name} `, replaces: /@[^@]*$/ }));
}
