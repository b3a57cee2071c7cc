// Talks to the playground's server: requests, and the live socket that comes back by itself.

import { tell } from './bus.js';

const SILENT = 'The playground’s server does not answer. Is “waymark demo” still running?';
const LONGEST_PAUSE = 5000;

/** An answer that says no; `message` is a sentence for the person, `status` is missing where nobody answered. */
export class Refusal extends Error {
  constructor(sentence, status) {
    super(sentence);
    this.status = status;
  }
}

async function call(path, options) {
  let response;
  try {
    response = await fetch(path, { ...options, cache: 'no-store' });
  } catch {
    throw new Refusal(SILENT);
  }
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Refusal(answer.error ?? `The playground’s server answered ${response.status}.`, response.status);
  return answer;
}

/** Ask the server; undefined and null parameters are left out. */
export function get(path, parameters = {}) {
  const query = new URLSearchParams(Object.entries(parameters).filter(([, value]) => value !== undefined && value !== null));
  return call(`${path}?${query}`, {});
}

export function post(path, body) {
  return call(path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
}

/** The live socket of one played person. It tells `live` for each push, and `connection` when it comes or goes. */
export class Live {
  #user = null;
  #socket = null;
  #tries = 0;
  #timer = 0;

  play(user) {
    this.#user = user;
    this.#tries = 0;
    this.#socket?.close();
    this.#open();
  }

  #open() {
    clearTimeout(this.#timer);
    const scheme = location.protocol === 'https:' ? 'wss:' : 'ws:';
    const socket = new WebSocket(`${scheme}//${location.host}/ui/live?user=${encodeURIComponent(this.#user)}`);
    this.#socket = socket;
    socket.addEventListener('open', () => this.#opened(socket));
    socket.addEventListener('message', (event) => socket === this.#socket && tell('live', JSON.parse(event.data)));
    socket.addEventListener('close', () => this.#closed(socket));
  }

  #opened(socket) {
    if (socket !== this.#socket) return;
    tell('connection', { up: true, again: this.#tries > 0 });
    this.#tries = 0;
  }

  #closed(socket) {
    if (socket !== this.#socket) return;
    this.#tries += 1;
    tell('connection', { up: false, tries: this.#tries });
    this.#timer = setTimeout(() => this.#open(), Math.min(LONGEST_PAUSE, 250 * 2 ** this.#tries));
  }
}
