// What an agent's conversation has beside messages: first sentences to choose from, and the line while it is at work.

import { el, fill } from './dom.js';
import { problemOf } from './surface.js';
import { tell } from './bus.js';
import { post } from './wire.js';
import { me } from './workspace.js';

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

/** Keep whether an app is at work in a thread. */
export function noteStatus({ conversation, thread_ts: thread, at_work: atWork, can_stop: canStop }) {
  statuses.set(`${conversation}/${thread}`, { atWork, canStop });
}

/** Draw what is kept of a thread. */
export function drawStatusLine(node, name, open) {
  const { atWork = false, canStop = false } = (open && statuses.get(`${open.conversation}/${open.thread}`)) ?? {};
  node.hidden = !atWork;
  fill(node, atWork && `${name} is thinking …`, canStop && stopButton(open));
}

const stopButton = (open) => el('button', { type: 'button', class: 'btn quiet', 'data-testid': 'agent-stop', onclick: () => stop(open) }, 'Stop');

async function stop({ conversation, thread }) {
  const problem = await problemOf(post('/ui/stop', { user: me().id, conversation, thread_ts: thread }));
  if (problem) tell('trouble', { sentence: problem });
}
