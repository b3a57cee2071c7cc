// What an agent's conversation has beside messages: first sentences to choose from, and the line on what it does.

import { el, fill } from './dom.js';

const statuses = new Map();

/** Return the place for suggested prompts; `choose` gets the text of the one that is pressed. */
export function promptRow(choose) {
  const node = el('div', { class: 'prompts', role: 'group', 'aria-label': 'Suggested', 'data-testid': 'prompts', hidden: true });
  return { node, show: (prompts) => showPrompts(node, prompts ?? [], choose) };
}

function showPrompts(node, prompts, choose) {
  node.hidden = !prompts.length;
  fill(node, prompts.map(({ title, message }) => el('button', { type: 'button', class: 'btn prompt', dir: 'auto', title: message, onclick: () => choose(message) }, title)));
}

export const statusLine = () => el('div', { class: 'agent-status', role: 'status', 'data-testid': 'agent-status', hidden: true });

/** Keep what an app says that it does in a thread. */
export function noteStatus({ conversation, thread_ts: thread, status }) {
  statuses.set(`${conversation}/${thread}`, status);
}

/** Draw what is kept of a thread. */
export function drawStatusLine(node, name, open) {
  const status = open && statuses.get(`${open.conversation}/${open.thread}`);
  node.hidden = !status;
  node.textContent = status ? `${name} ${status}` : '';
}
