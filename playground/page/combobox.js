// A field that suggests while one types, after the ARIA combobox pattern; it holds one chosen option or several.

import { announce, debounce, el, fill, newId } from './dom.js';
import { ties } from './elements.js';
import { icon } from './icons.js';
import { textObject, words } from './mrkdwn.js';
import { place, show, swallow } from './popup.js';

export class Combobox {
  #options = [];
  #active = -1;
  #asked = 0;
  #list = el('div', { class: 'panel listbox', role: 'listbox', id: newId('list'), tabindex: '-1' });

  constructor({ field, element, many, chosen, source, onchange }) {
    Object.assign(this, { field, element, many, chosen, source, onchange });
    this.most = element.max_selected_items ?? Infinity;
    this.input = this.#drawInput();
    this.tokens = el('span', { class: 'tokens' });
    this.node = el('div', { class: `combobox ${many ? 'many' : ''}` }, this.tokens, this.input, icon('chevron'));
    this.ask = debounce((turn) => turn === this.#asked && this.#search(), source.pause);
    this.#list.addEventListener('mousedown', (event) => event.preventDefault());
    this.#list.setAttribute('aria-multiselectable', String(many));
    this.#showChosen();
  }

  #drawInput() {
    return el('input', {
      ...ties(this.field),
      type: 'text',
      role: 'combobox',
      'aria-expanded': false,
      'aria-controls': this.#list.id,
      'aria-autocomplete': 'list',
      autocomplete: 'off',
      spellcheck: 'false',
      autofocus: this.element.focus_on_load ?? null,
      dir: 'auto',
      onclick: () => this.open(),
      onfocus: ({ target }) => target.select(),
      oninput: () => (this.isOpen ? this.ask(this.#asked) : this.open()),
      onkeydown: (event) => this.#key(event),
      onblur: () => this.close(),
    });
  }

  get isOpen() {
    return this.input.getAttribute('aria-expanded') === 'true';
  }

  /** Show the suggestions; a chosen single option is not taken as something typed. */
  open() {
    if (this.isOpen) return;
    this.input.setAttribute('aria-expanded', 'true');
    this.#list.setAttribute('aria-label', this.input.getAttribute('aria-label') ?? 'Choices');
    show(this.#list, this.node, { wide: true });
    this.#search();
  }

  close() {
    this.#asked += 1;
    this.input.setAttribute('aria-expanded', 'false');
    this.input.removeAttribute('aria-activedescendant');
    this.#list.remove();
    this.#active = -1;
    this.#showChosen();
  }

  #typed() {
    const label = !this.many && this.chosen.length ? words(this.chosen[0].text) : '';
    return this.input.value === label ? '' : this.input.value;
  }

  async #search() {
    const typed = this.#typed();
    const turn = (this.#asked += 1);
    if (typed.length < this.source.least) return this.#say(`Type at least ${this.source.least} letters to search.`);
    if (this.source.pause) this.#list.setAttribute('aria-busy', 'true');
    if (!this.#options.length && this.source.pause) this.#say('Looking …');
    let groups;
    try {
      groups = await this.source.search(typed);
    } catch (refusal) {
      return turn === this.#asked ? this.#say(refusal.message) : undefined;
    }
    if (turn === this.#asked && this.isOpen) this.#showGroups(groups, typed);
  }

  #say(sentence) {
    this.#options = [];
    this.#list.removeAttribute('aria-busy');
    fill(this.#list, el('p', { class: 'listbox-note', role: 'status', text: sentence }));
    place(this.#list, this.node);
  }

  #showGroups(groups, typed) {
    if (!groups.length) return this.#say(typed ? `Nothing fits “${typed}”.` : 'There is nothing to choose from.');
    this.#list.removeAttribute('aria-busy');
    this.#options = [];
    fill(this.#list, groups.map((group) => this.#drawGroup(group)));
    place(this.#list, this.node);
    this.#move(Math.max(0, this.#options.findIndex(({ option }) => !this.many && this.#isChosen(option))));
    announce(`${this.#options.length} ${this.#options.length === 1 ? 'choice' : 'choices'}`);
    return undefined;
  }

  #drawGroup({ label, options }) {
    const rows = options.map((option) => this.#drawOption(option));
    if (!label) return rows;
    const heading = newId('group');
    return el('div', { role: 'group', 'aria-labelledby': heading }, el('div', { class: 'listbox-group', id: heading, text: label }), rows);
  }

  #drawOption(option) {
    const place = this.#options.length;
    const hint = option.hint ?? words(option.description);
    const node = el(
      'div',
      { class: 'option', role: 'option', id: newId('option'), 'aria-selected': this.#isChosen(option), onclick: () => this.#pick(option), onmousemove: () => this.#move(place, false) },
      el('span', { class: 'option-text' }, textObject(option.text), hint && el('span', { class: 'option-hint', dir: 'auto', text: hint })),
      icon('check'),
    );
    this.#options.push({ option, node });
    return node;
  }

  #isChosen(option) {
    return this.chosen.some(({ value }) => value === option.value);
  }

  #move(next, scroll = true) {
    this.#options[this.#active]?.node.classList.remove('active');
    this.#active = next;
    const { node } = this.#options[next] ?? {};
    if (!node) return;
    node.classList.add('active');
    this.input.setAttribute('aria-activedescendant', node.id);
    if (scroll) node.scrollIntoView({ block: 'nearest' });
  }

  #key(event) {
    const count = this.#options.length;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      swallow(event);
      if (!this.isOpen) this.open();
      else if (count) this.#move((this.#active + (event.key === 'ArrowDown' ? 1 : count - 1)) % count);
    } else if (event.key === 'Enter' && this.isOpen) {
      swallow(event);
      if (this.#options[this.#active]) this.#pick(this.#options[this.#active].option);
    } else if (event.key === 'Escape' && this.isOpen) {
      swallow(event);
      this.close();
    } else if (event.key === 'Backspace' && this.many && !this.input.value && this.chosen.length) {
      this.#choose(this.chosen.slice(0, -1));
    }
  }

  #pick(option) {
    if (!this.many) {
      this.chosen = [option];
      this.close();
      return this.onchange(this.chosen);
    }
    this.input.value = '';
    if (this.#isChosen(option)) return this.#choose(this.chosen.filter(({ value }) => value !== option.value));
    if (this.chosen.length >= this.most) {
      this.#asked += 1; // what is still being looked for would take the place of the sentence
      return this.#say(`You can choose ${this.most} at most.`);
    }
    return this.#choose([...this.chosen, option]);
  }

  #choose(options) {
    this.chosen = options;
    this.#showChosen();
    this.input.focus();
    if (this.isOpen) this.#search();
    this.onchange(options);
  }

  #showChosen() {
    const clears = !this.many && this.chosen.length && this.field.optional;
    fill(this.tokens, this.many ? this.chosen.map((option) => this.#drawToken(option)) : null);
    this.input.placeholder = this.many && this.chosen.length ? '' : words(this.element.placeholder) || 'Choose …';
    if (this.isOpen && this.many) return;
    this.input.value = !this.many && this.chosen.length ? words(this.chosen[0].text) : '';
    this.node.querySelector('.clear')?.remove();
    if (clears) this.input.after(this.#drawClear());
  }

  #drawToken(option) {
    const label = words(option.text);
    const remove = () => this.#choose(this.chosen.filter(({ value }) => value !== option.value));
    return el(
      'span',
      { class: 'token', dir: 'auto' },
      el('span', { class: 'token-text', title: label, text: label }),
      el('button', { type: 'button', 'aria-label': `Remove ${label}`, onclick: remove }, icon('close')),
    );
  }

  #drawClear() {
    const clear = () => this.#choose([]);
    return el('button', { type: 'button', class: 'clear', 'aria-label': 'Clear the choice', onclick: clear }, icon('close'));
  }
}
