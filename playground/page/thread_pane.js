// The pane at the right with one thread: its first message, the replies, a field to answer in.

import { drawStatusLine, statusLine } from './agent.js';
import { fetchThread, kept } from './archive.js';
import { tell } from './bus.js';
import { Composer } from './composer.js';
import { byId } from './dom.js';
import { MessageList } from './message_list.js';
import { Refusal } from './wire.js';
import { conversation, spokenTitle, theApp } from './workspace.js';

let open = null;
let list = null;
let composer = null;
let doing = null;

export function startThreadPane() {
  list = new MessageList({ label: 'Thread', threaded: true });
  composer = new Composer({ inThread: true, testid: 'thread-composer' });
  doing = statusLine();
  byId('thread').append(list.node, doing, composer.node);
  byId('thread-close').addEventListener('click', () => tell('go', { conversation: open.conversation }));
  byId('thread').addEventListener('keydown', (event) => event.key === 'Escape' && !event.defaultPrevented && tell('go', { conversation: open.conversation }));
}

/** Show a thread, or nothing without one. */
export async function openThread(id, thread, write = false) {
  byId('thread').hidden = !thread;
  document.body.classList.toggle('thread-open', Boolean(thread));
  open = thread ? { conversation: id, thread } : null;
  if (!thread) return;
  drawDoing();
  byId('thread-place').textContent = spokenTitle(conversation(id));
  composer.go(id, thread, 'Reply …');
  list.clear();
  await refreshThread();
  if (write) composer.input.focus();
}

export async function refreshThread() {
  if (!open) return;
  const { conversation: id, thread } = open;
  try {
    await fetchThread(id, thread);
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
    tell('trouble', { sentence: refusal.message });
  }
  drawThread(id);
}

/** Draw the open thread anew, if it belongs to this conversation. */
export function drawThread(id) {
  if (open?.conversation === id && kept(id, open.thread)) list.show(id, kept(id, open.thread).messages);
}

/** Draw what the app says that it does in the open thread. */
export function drawDoing() {
  drawStatusLine(doing, theApp().name, open);
}

export const threadIsOpen = (id, thread) => open?.conversation === id && open.thread === thread;
