// Changing and deleting one's own messages, as Slack lets people do: from the menu of a message.

import { tell } from './bus.js';
import { el } from './dom.js';
import { escape } from './mrkdwn.js';
import { confirmed, swallow } from './popup.js';
import { problemOf } from './surface.js';
import { post } from './wire.js';
import { me, nameOf } from './workspace.js';

const ASKED = {
  title: { text: 'Delete message' },
  text: { type: 'plain_text', text: 'Are you sure you want to delete this message? This can’t be undone.' },
  confirm: { text: 'Delete' },
  deny: { text: 'Cancel' },
  style: 'danger',
};

/** What can be done with a message of one's own, as items of its menu; nothing with anybody else's. */
export function ownItems(node, message, conversation) {
  if (message.user !== me().id || message.ephemeral || message.deleted) return [];
  return [
    { label: 'Edit message', testid: 'message-edit', act: () => edit(node, message, conversation) },
    { label: 'Delete message …', testid: 'message-delete', act: () => remove(message, conversation) },
  ];
}

/** Put a field with the message's text in its place, until it is saved or left. */
function edit(node, message, conversation) {
  const content = node.querySelector('.message-content');
  const shown = [...content.childNodes];
  const { text, marked } = bare(message.text);
  const field = el('textarea', { rows: 1, dir: 'auto', 'aria-label': 'Edit message', 'data-testid': 'edit-field', onkeydown: (event) => key(event) });
  field.value = text;
  const close = () => (content.replaceChildren(...shown), node.focus());
  const save = async () => {
    const words = field.value.trim();
    if (!words) return remove(message, conversation);
    if (words === text) return close();
    const sentence = await problemOf(post('/ui/edit', { user: me().id, conversation, ts: message.ts, text: marked(words) }));
    return sentence ? tell('trouble', { sentence }) : close();
  };
  const key = (event) => {
    if (event.key === 'Escape') return swallow(event), close();
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) return swallow(event), save();
    return null;
  };
  const cancel = el('button', { type: 'button', class: 'btn', onclick: close }, 'Cancel');
  const keep = el('button', { type: 'submit', class: 'btn primary', 'data-testid': 'edit-save' }, 'Save');
  content.replaceChildren(el('form', { class: 'edit-form', onsubmit: (event) => (event.preventDefault(), save()) }, field, el('div', { class: 'edit-foot' }, cancel, keep)));
  field.style.height = `${field.scrollHeight}px`;
  field.focus();
}

async function remove(message, conversation) {
  if (!(await confirmed(ASKED))) return;
  const sentence = await problemOf(post('/ui/delete', { user: me().id, conversation, ts: message.ts }));
  if (sentence) tell('trouble', { sentence });
}

/** A stored text as it was typed, with names for the ids in it, and what makes the one of the other again. */
function bare(stored) {
  const ids = new Map();
  const named = stored.replace(/<@([A-Z0-9]+)>/g, (_, id) => (ids.set(`@${nameOf(id)}`, id), `@${nameOf(id)}`));
  const text = named.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&');
  const marked = (words) => [...ids].reduce((so, [name, id]) => so.replaceAll(escape(name), `<@${id}>`), escape(words));
  return { text, marked };
}
