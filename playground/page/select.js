// Select menus, single and multi, as comboboxes: type to narrow, arrows and Enter to choose.

import { changed } from './elements.js';
import { Combobox } from './combobox.js';
import { conversationOption, conversations, external, fixed, people, personOption } from './select_source.js';

/** One kind of select: its source, the key of its value in Slack's state, and how ids become options where Slack keeps ids. */
const kind = (source, key, optionOf = null) => ({ source, key, optionOf });

const SINGLE = {
  static_select: kind(fixed, 'selected_option'),
  external_select: kind(external, 'selected_option'),
  users_select: kind(people, 'selected_user', personOption),
  conversations_select: kind(conversations, 'selected_conversation', conversationOption),
  channels_select: kind(conversations, 'selected_channel', conversationOption),
};

const MULTI = {
  multi_static_select: kind(fixed, 'selected_options'),
  multi_external_select: kind(external, 'selected_options'),
  multi_users_select: kind(people, 'selected_users', personOption),
  multi_conversations_select: kind(conversations, 'selected_conversations', conversationOption),
  multi_channels_select: kind(conversations, 'selected_channels', conversationOption),
};

const initialOf = (element, key) => element[key.replace('selected', 'initial')] ?? null;

const slackOption = ({ text, value, description }) => (description ? { text, value, description } : { text, value });

/** Return a select menu of any type. */
export function select(part) {
  const many = part.element.type in MULTI;
  const { source, key, optionOf } = (many ? MULTI : SINGLE)[part.element.type];
  const { surface, block, element, field } = part;
  const first = surface.begin(block, element, { [key]: initialOf(element, key) ?? (many ? [] : null) })[key];
  const chosen = (many ? first : [first].filter(Boolean)).map((one) => (optionOf ? optionOf(one) : one));
  const pack = (option) => (optionOf ? option.value : slackOption(option));
  const onchange = (options) => changed(part, { [key]: many ? options.map(pack) : options.length ? pack(options[0]) : null }, box.input);
  const box = new Combobox({ field, element, many, chosen, source: source(part), onchange });
  return box.node;
}

export const SELECTS = [...Object.keys(SINGLE), ...Object.keys(MULTI)];
