// Says in a few words what an entry of the log is about: who, and what they wrote, pressed or opened.

import { spoken } from './mrkdwn.js';
import { conversation, nameOf, person, spokenTitle } from './workspace.js';

const PLAIN = new Set(['ok', 'acked', '', null, undefined]);

/** Return the parts, such as "Maya Lindqvist" and "How do I …"; an outcome other than plain success comes first. */
export function gist({ request, summary }) {
  return [PLAIN.has(summary) ? '' : summary, whom(request ?? {}), what(request ?? {})].filter(Boolean);
}

function whom({ user_id: commander, user, event, channel }) {
  const id = commander ?? user?.id ?? (typeof user === 'string' ? user : null) ?? event?.user?.id ?? event?.user ?? event?.message?.user ?? channel;
  if (!id) return '';
  return conversation(id) ? spokenTitle(conversation(id)) : person(id).name === id ? id : nameOf(id);
}

function what({ event, actions, view, callback_id: shortcut, text, value, action_id: asked }) {
  if (actions) return actions.map(({ action_id: id, text: label }) => label?.text ?? id).join(', ');
  if (asked) return `“${value ?? ''}”`;
  if (view) return view.title?.text ?? view.callback_id ?? view.type;
  return spoken(event?.text ?? event?.message?.text ?? text) || (event?.tab ?? shortcut ?? event?.subtype ?? '');
}
