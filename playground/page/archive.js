// Keeps the messages that were fetched, in order, and folds in what the live socket brings.

import { get } from './wire.js';
import { me } from './workspace.js';

const PAGE = 50;

/** Messages of one conversation or one thread, oldest first, keyed by ts. */
class Shelf {
  messages = [];
  more = false;

  put(message) {
    const at = this.messages.findIndex(({ ts }) => ts === message.ts);
    if (at >= 0) this.messages[at] = same(this.messages[at], message) ? this.messages[at] : message;
    else this.messages.splice(this.messages.filter(({ ts }) => Number(ts) < Number(message.ts)).length, 0, message);
  }

  drop(ts) {
    this.messages = this.messages.filter((message) => message.ts !== ts);
  }
}

/** What says the same keeps its object, and with it its place on the screen. */
const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

const shelves = new Map();

const keyOf = (conversation, thread) => `${conversation}/${thread ?? ''}`;

/** Return what is kept of a conversation or thread, or undefined. */
export const kept = (conversation, thread) => shelves.get(keyOf(conversation, thread));

export const forgetAll = () => shelves.clear();

/** Fetch the newest messages of a conversation. */
export async function fetchNewest(conversation) {
  const { messages, more } = await get('/ui/messages', { user: me().id, conversation, limit: PAGE });
  return keep(conversation, undefined, messages, more);
}

/** Fetch the page before the oldest message that is kept. */
export async function fetchEarlier(conversation) {
  const shelf = kept(conversation);
  const { messages, more } = await get('/ui/messages', { user: me().id, conversation, before: shelf.messages[0].ts, limit: PAGE });
  messages.forEach((message) => shelf.put(message));
  shelf.more = more;
}

export async function fetchThread(conversation, thread) {
  const { messages } = await get('/ui/thread', { user: me().id, conversation, thread });
  return keep(conversation, thread, messages, false);
}

function keep(conversation, thread, messages, more) {
  const shelf = new Shelf();
  shelf.messages = kept(conversation, thread)?.messages.filter(({ ts }) => messages.some((fresh) => fresh.ts === ts)) ?? [];
  messages.forEach((message) => message.deleted || shelf.put(message));
  shelf.more = more;
  shelves.set(keyOf(conversation, thread), shelf);
  return shelf;
}

const isReply = (message) => message.thread_ts && message.thread_ts !== message.ts;

/** Fold in a new or changed message wherever it is shown. */
export function fold(conversation, message) {
  const change = (shelf) => (message.deleted ? shelf?.drop(message.ts) : shelf?.put(message));
  change(kept(conversation, isReply(message) ? message.thread_ts : message.ts));
  if (!isReply(message) || message.broadcast) change(kept(conversation));
}

export function drop(conversation, ts) {
  for (const [key, shelf] of shelves) if (key.startsWith(`${conversation}/`)) shelf.drop(ts);
}
