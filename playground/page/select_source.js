// Where a select menu's choices come from: a fixed list, the app itself, the people, the conversations.

import { words } from './mrkdwn.js';
import { conversation, nameOf, person, spokenTitle, theWorld } from './workspace.js';

const LONGEST = 100;

const plain = (text) => ({ type: 'plain_text', text });

/** Return the groups whose options contain what was typed, in label or description. */
function filtered(groups, typed) {
  const wanted = typed.trim().toLocaleLowerCase();
  const fits = (option) => [option.text.text, option.description?.text ?? '', option.hint ?? ''].some((text) => text.toLocaleLowerCase().includes(wanted));
  return groups.map(({ label, options }) => ({ label, options: options.filter(fits).slice(0, LONGEST) })).filter(({ options }) => options.length);
}

const grouped = ({ options, option_groups: groups }) =>
  groups ? groups.map((group) => ({ label: words(group.label), options: group.options })) : [{ label: '', options: options ?? [] }];

const local = (groups) => ({ least: 0, pause: 0, search: async (typed) => filtered(groups(), typed) });

/** The app's own list, looked up in the element. */
export const fixed = ({ element }) => local(() => grouped(element));

/** The app is asked at each pause in the typing. */
export const external = ({ surface, block, element }) => ({
  least: element.min_query_length ?? 3,
  pause: 180,
  search: async (typed) => grouped(await surface.options(block, element, typed)).filter(({ options }) => options.length),
});

export const people = () =>
  local(() => [{ label: '', options: theWorld().people.filter(({ deleted }) => !deleted).map(({ id }) => personOption(id)) }]);

export const personOption = (id) => ({ text: plain(nameOf(id)), value: id, hint: person(id).title });

const KINDS = { im: 'im', mpim: 'mpim', channel: 'public', app: 'im' };

export const conversations = ({ element }) =>
  local(() => {
    const wanted = element.type.includes('channels') ? ['public'] : element.filter?.include;
    const fits = theWorld().conversations.filter(({ kind }) => !wanted || wanted.includes(KINDS[kind]));
    return [{ label: '', options: fits.map(({ id }) => conversationOption(id)) }];
  });

export const conversationOption = (id) => ({ text: plain(conversation(id) ? spokenTitle(conversation(id)) : id), value: id });
