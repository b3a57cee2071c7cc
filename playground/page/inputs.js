// Fields to type in: text, numbers, e-mail and web addresses; and one for a file.

import { debounce, el, newId } from './dom.js';
import { words } from './mrkdwn.js';
import { changed, ties } from './elements.js';
import { Refusal, post } from './wire.js';

const PAUSE = 400;
const TYPES = { email_text_input: 'email', url_text_input: 'url', number_input: 'text', plain_text_input: 'text' };

/** Return a text field; with a longest length it counts down what is left. */
export function textInput(part) {
  const { surface, block, element, field } = part;
  const { value } = surface.begin(block, element, { value: element.initial_value ?? null });
  const counter = element.max_length && el('span', { class: 'counter', id: newId('count') });
  const control = el(element.multiline ? 'textarea' : 'input', {
    class: 'input',
    ...ties(field),
    'aria-describedby': [field.describedby, counter?.id].filter(Boolean).join(' ') || null,
    type: element.multiline ? null : TYPES[element.type],
    inputmode: element.type === 'number_input' ? 'decimal' : null,
    rows: element.multiline ? 4 : null,
    maxlength: element.max_length ?? null,
    placeholder: words(element.placeholder) || null,
    autofocus: element.focus_on_load ?? null,
    autocomplete: 'off',
    dir: 'auto',
    value: value ?? '',
  });
  const count = () => counter && (counter.textContent = `${control.value.length} of ${element.max_length}`);
  count();
  control.addEventListener('input', count);
  control.addEventListener('input', () => surface.set(block, element, { value: control.value || null }));
  if (field.tells) listen(part, control);
  return counter ? el('div', { class: 'counted' }, control, counter) : control;
}

/** Return a field for a file, which goes to the server as soon as it is chosen; the form waits, and sends what it is called there. */
export function fileInput({ surface, block, element, field }) {
  surface.begin(block, element, { files: [] });
  const types = (element.filetypes ?? []).map((type) => `.${type}`).join(',');
  const control = el('input', { class: 'input', type: 'file', ...ties(field), accept: types || null });
  const handIn = async () => surface.set(block, element, { files: await handedIn([...control.files].slice(0, element.max_files ?? 10)) });
  control.addEventListener('change', () => surface.expect(handIn()));
  return control;
}

const handedIn = (files) => Promise.all(files.map(async (file) => post('/ui/hand-in', { name: file.name, content: await base64(file) })));

function base64(file) {
  return new Promise((done, failed) => {
    const reader = new FileReader();
    reader.onload = () => done(reader.result.slice(reader.result.indexOf(',') + 1));
    reader.onerror = () => failed(new Refusal('This file cannot be read. Choose it again.'));
    reader.readAsDataURL(file);
  });
}

function listen(part, control) {
  const moments = part.element.dispatch_action_config?.trigger_actions_on ?? ['on_enter_pressed'];
  const report = () => changed(part, { value: control.value || null }, control);
  if (moments.includes('on_character_entered')) control.addEventListener('input', debounce(report, PAUSE));
  if (!moments.includes('on_enter_pressed')) return;
  control.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    report();
  });
}

/** Return what is wrong with a value before it is sent, as Slack's own client says it, or null. */
export function complaint(element, value, optional) {
  if (isEmpty(value)) return optional ? null : 'Please complete this required field.';
  return (CHECKS[element.type] ?? (() => null))(element, value);
}

const isEmpty = ({ type, ...rest }) => Object.values(rest).every((value) => value === null || value === undefined || value === '' || value.length === 0);

const CHECKS = {
  plain_text_input: ({ min_length: least = 0 }, { value }) =>
    value.length < least ? `Please write at least ${least} characters (${value.length} so far).` : null,
  number_input: checkNumber,
  email_text_input: (element, { value }) => (/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value) ? null : 'Please enter a valid email address.'),
  url_text_input: (element, { value }) => (URL.canParse(value) ? null : 'Please enter a valid web address, such as https://example.com.'),
};

function checkNumber({ is_decimal_allowed: decimal, min_value: least, max_value: most }, { value }) {
  if (!/^-?\d+([.]\d+)?$/.test(value.trim())) return 'Please enter a number.';
  if (!decimal && value.includes('.')) return 'Please enter a whole number.';
  if (least !== undefined && Number(value) < Number(least)) return `Please enter ${least} or more.`;
  if (most !== undefined && Number(value) > Number(most)) return `Please enter ${most} or less.`;
  return null;
}
