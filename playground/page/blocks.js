// Draws Block Kit: one small function for each type of block, and a kind word for types that it does not know.

import { button, checkboxes, datePicker, dateTimePicker, feedbackButtons, overflow, radioButtons, timePicker } from './elements.js';
import { el, newId } from './dom.js';
import { fileInput, textInput } from './inputs.js';
import { safeUrl } from './links.js';
import { textObject, words } from './mrkdwn.js';
import { markdown, richText } from './rich_text.js';
import { SELECTS, select } from './select.js';

const ELEMENTS = {
  button,
  feedback_buttons: feedbackButtons,
  overflow,
  radio_buttons: radioButtons,
  checkboxes,
  datepicker: datePicker,
  timepicker: timePicker,
  datetimepicker: dateTimePicker,
  plain_text_input: textInput,
  number_input: textInput,
  email_text_input: textInput,
  url_text_input: textInput,
  file_input: fileInput,
  ...Object.fromEntries(SELECTS.map((type) => [type, select])),
};

/** Return the blocks of a message or view; what is done in them goes through `surface`. */
export function drawBlocks(blocks, surface) {
  return el('div', { class: 'blocks' }, blocks.map((block, at) => drawBlock({ block_id: `block-${at}`, ...block }, surface)));
}

function drawBlock(block, surface) {
  const draw = BLOCKS[block.type] ?? unknown;
  const node = draw(block, surface);
  node.classList.add('block', `block-${block.type}`);
  node.dataset.blockId = block.block_id;
  return node;
}

const BLOCKS = {
  section,
  header: (block) => el('h2', { dir: 'auto' }, words(block.text)),
  divider: () => el('hr'),
  context: (block) => el('div', {}, block.elements.map((part) => (part.type === 'image' ? image(part, 'context-image') : textObject(part)))),
  actions,
  context_actions: actions,
  input,
  image: (block) => el('figure', {}, block.title && el('figcaption', {}, words(block.title)), image(block, 'block-picture')),
  rich_text: (block) => el('div', { class: 'rich' }, richText(block.elements)),
  markdown: (block) => el('div', { class: 'rich' }, markdown(block.text)),
};

const unknown = (block) => el('div', {}, `A block of type “${block.type}”, which this playground does not draw.`);

function actions(block, surface) {
  return el('div', {}, block.elements.map((element, at) => drawElement(block, element, surface, at)));
}

function section(block, surface) {
  const text = el(
    'div',
    { class: 'section-text' },
    block.text && textObject(block.text),
    block.fields && el('div', { class: 'fields' }, block.fields.map((field) => el('div', { class: 'field' }, textObject(field)))),
  );
  const label = block.text?.text;
  return el('div', {}, text, block.accessory && el('div', { class: 'accessory' }, drawElement(block, block.accessory, surface, 0, label)));
}

function image(part, className) {
  const url = safeUrl(part.image_url ?? part.slack_file?.url ?? '');
  const instead = () => el('span', { class: `${className} no-image`, role: 'img', 'aria-label': part.alt_text, text: part.alt_text });
  if (!url) return instead();
  const picture = el('img', { class: className, src: url, alt: part.alt_text, loading: 'lazy' });
  picture.addEventListener('error', () => picture.replaceWith(instead()));
  return picture;
}

/** Draw an interactive element of a section or an actions block: it tells the app at once. */
function drawElement(block, element, surface, at, label) {
  if (element.type === 'image') return image(element, 'accessory-image');
  const named = { ...element, action_id: element.action_id ?? `action-${at}` };
  const field = { id: newId('field'), label: label ?? (words(element.placeholder) || 'Choice'), tells: true, action: named.action_id };
  return ELEMENTS[element.type]?.({ surface, block, element: named, field }) ?? unknown(element);
}

function input(block, surface) {
  const [id, labelId, hintId, errorId] = ['field', 'label', 'hint', 'error'].map(newId);
  const element = { ...block.element, action_id: block.element.action_id ?? 'action' };
  const field = {
    id,
    labelledby: labelId,
    describedby: [block.hint && hintId, errorId].filter(Boolean).join(' '),
    required: !block.optional,
    optional: block.optional ?? false,
    tells: block.dispatch_action ?? false,
    action: element.action_id,
  };
  const label = el('label', { for: id, id: labelId, dir: 'auto' }, words(block.label), block.optional && el('span', { class: 'optional' }, ' (optional)'));
  return el(
    'div',
    {},
    label,
    ELEMENTS[element.type]?.({ surface, block, element, field }) ?? unknown(element),
    block.hint && el('p', { class: 'hint', id: hintId, dir: 'auto' }, words(block.hint)),
    el('p', { class: 'field-error', id: errorId, role: 'alert' }),
  );
}
