// Buttons, overflow menus, radio buttons, checkboxes, dates and times.

import { debounce, el, newId } from './dom.js';
import { icon } from './icons.js';
import { linkTo, safeUrl } from './links.js';
import { textObject, words } from './mrkdwn.js';
import { confirmed, openMenu } from './popup.js';
import { epochOf, wallOf } from './time.js';
import { zone } from './workspace.js';

/** Send an action unless the element asks first and the person says no. */
async function actIfSure(surface, block, element, value, trigger) {
  if (await confirmed(element.confirm)) await surface.act(block, element, value, trigger);
}

/** Keep a changed value, and tell the app where an element tells at once. */
export function changed({ surface, block, element, field }, value, trigger) {
  surface.set(block, element, value);
  if (field.tells) actIfSure(surface, block, element, value, trigger);
}

/** Return the attributes that tie a control to its label, hint and error. */
export const ties = (field) => ({
  id: field.id,
  'aria-labelledby': field.labelledby ?? null,
  'aria-label': field.label ?? null,
  'aria-describedby': field.describedby ?? null,
  'aria-required': field.required ? true : null,
  'data-action-id': field.action,
});

export function button({ surface, block, element, field }) {
  const value = { text: element.text, value: element.value, style: element.style };
  const attributes = {
    class: `btn ${element.style ?? ''}`,
    'aria-label': element.accessibility_label ?? null,
    'data-testid': `action-${element.action_id}`,
    'data-action-id': field.action,
  };
  const url = element.url && safeUrl(element.url);
  if (url) {
    return el('a', { ...attributes, ...linkTo(url, () => surface.act(block, element, value)) }, words(element.text));
  }
  const press = ({ currentTarget }) => currentTarget.ariaBusy !== 'true' && actIfSure(surface, block, element, value, currentTarget);
  return el('button', { ...attributes, type: 'button', onclick: press, dir: 'auto' }, words(element.text));
}

/** Draw the pair of buttons with which somebody rates what a model wrote. */
export function feedbackButtons({ surface, block, element, field }) {
  const sides = [['positive_button', 'up'], ['negative_button', 'down']];
  const side = ([name, mark]) => {
    const { text, value, accessibility_label: label = null } = element[name];
    return el(
      'button',
      {
        type: 'button',
        class: 'btn quiet thumb',
        'aria-label': label,
        'data-testid': `action-${element.action_id}-${name}`,
        'data-action-id': field.action,
        onclick: ({ currentTarget }) => currentTarget.ariaBusy !== 'true' && surface.act(block, element, { value }, currentTarget),
        dir: 'auto',
      },
      icon(mark),
      words(text),
    );
  };
  return el('span', { class: 'thumbs', role: 'group', 'aria-label': 'Rate this' }, sides.map(side));
}

export function overflow({ surface, block, element, field }) {
  const label = 'More actions';
  const opener = el(
    'button',
    { type: 'button', class: 'btn overflow', 'aria-label': label, 'aria-haspopup': 'menu', 'aria-expanded': false, 'data-action-id': field.action },
    icon('more'),
  );
  const choose = (option) => {
    const url = option.url && safeUrl(option.url);
    if (url) window.open(url, '_blank', 'noopener');
    actIfSure(surface, block, element, { selected_option: option }, opener);
  };
  const items = element.options.map((option) => ({ label: words(option.text), hint: words(option.description), act: () => choose(option) }));
  opener.addEventListener('click', () => openMenu(opener, label, items));
  return opener;
}

const sameOption = (one, other) => one?.value === other?.value;

export function radioButtons(part) {
  const { surface, block, element } = part;
  const name = newId('radio');
  const { selected_option: selected } = surface.begin(block, element, { selected_option: element.initial_option ?? null });
  return choices(part, 'radiogroup', (option) => ({
    type: 'radio',
    name,
    checked: sameOption(option, selected),
    onchange: (event) => changed(part, { selected_option: option }, event.target),
  }));
}

export function checkboxes(part) {
  const { surface, block, element } = part;
  const { selected_options: first } = surface.begin(block, element, { selected_options: element.initial_options ?? [] });
  const ticked = new Set(first.map((option) => option.value));
  const toggle = (option, { target }) => {
    if (target.checked) ticked.add(option.value);
    else ticked.delete(option.value);
    changed(part, { selected_options: element.options.filter(({ value }) => ticked.has(value)) }, target);
  };
  return choices(part, 'group', (option) => ({
    type: 'checkbox',
    checked: ticked.has(option.value),
    onchange: (event) => toggle(option, event),
  }));
}

function choices({ element, field }, role, attributesOf) {
  const rows = element.options.map((option) => {
    const description = option.description && el('span', { class: 'choice-description' }, textObject(option.description));
    const control = el('input', { value: option.value, ...attributesOf(option) });
    return el('label', { class: 'choice' }, control, el('span', {}, textObject(option.text), description));
  });
  return el('div', { class: 'choices', role, tabindex: '-1', ...ties(field) }, rows);
}

/** Return a date or time field; `key` names its value in Slack's state. */
const picker = (type, key) => (part) => {
  const { surface, block, element, field } = part;
  const initial = element[`initial_${key.replace('selected_', '')}`] ?? null;
  const { [key]: value } = surface.begin(block, element, { [key]: initial });
  const tell = debounce((next, target) => changed(part, { [key]: next }, target), field.tells ? 350 : 0);
  return el('input', {
    class: 'input short',
    ...ties(field),
    type,
    value: value ?? '',
    title: words(element.placeholder),
    oninput: ({ target }) => (surface.set(block, element, { [key]: target.value || null }), tell(target.value || null, target)),
  });
};

export const datePicker = picker('date', 'selected_date');
export const timePicker = picker('time', 'selected_time');

export function dateTimePicker(part) {
  const { surface, block, element, field } = part;
  const { selected_date_time: value } = surface.begin(block, element, { selected_date_time: element.initial_date_time ?? null });
  return el('input', {
    class: 'input',
    ...ties(field),
    type: 'datetime-local',
    value: value ? wallOf(new Date(value * 1000), zone()) : '',
    onchange: ({ target }) => changed(part, { selected_date_time: target.value ? epochOf(target.value, zone()) : null }, target),
  });
}
