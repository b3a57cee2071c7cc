// One place where the app's blocks are drawn (a message, a modal, the Home tab): it keeps what was typed and chosen there,
// and sends what the person does to the app.

import { tell } from './bus.js';
import { Refusal, post } from './wire.js';
import { me } from './workspace.js';

/** What was typed lives under (block_id, action_id): a new picture with the same ids keeps it, as in Slack. */
export class Surface {
  #kept;
  #values = new Map();
  #coming = Promise.resolve();

  constructor(container, before = null) {
    this.container = container;
    this.#kept = before ? new Map(before.#values) : new Map();
  }

  /** Return the value to show first: what was there before under these ids, else `initial`. */
  begin(block, element, initial) {
    const key = keyOf(block, element);
    const kept = this.#kept.get(key);
    const value = kept?.value.type === element.type ? kept.value : { type: element.type, ...initial };
    this.#values.set(key, { block: block.block_id, action: element.action_id, value });
    return value;
  }

  set(block, element, value) {
    this.#values.get(keyOf(block, element)).value = { type: element.type, ...value };
  }

  get(block, element) {
    return this.#values.get(keyOf(block, element))?.value;
  }

  /** Have the form wait for a value that is on its way; what goes wrong with it is told. */
  expect(value) {
    this.#coming = Promise.all([this.#coming, refusalTold(value)]);
  }

  /** Wait for all values that are on their way. */
  settled() {
    return this.#coming;
  }

  /** Return Slack's `state.values`: block_id → action_id → value. */
  values() {
    const values = {};
    for (const { block, action, value } of this.#values.values()) (values[block] ??= {})[action] = value;
    return values;
  }

  /** Send a block action; `trigger` shows that it is on its way, and a refusal is told beside it. */
  async act(block, element, value, trigger) {
    const action = { action_id: element.action_id, block_id: block.block_id, type: element.type, ...value };
    const body = { ...this.#address(block, element), action, state: { values: this.values() } };
    trigger?.setAttribute('aria-busy', 'true');
    const problem = await problemOf(post('/ui/action', body));
    trigger?.removeAttribute('aria-busy');
    if (problem) tell('trouble', { sentence: problem });
  }

  /** Ask the app for the options that fit `typed`. */
  options(block, element, typed) {
    return post('/ui/options', { ...this.#address(block, element), value: typed });
  }

  #address(block, element) {
    return { user: me().id, container: this.container, block_id: block.block_id, action_id: element.action_id };
  }
}

const keyOf = (block, element) => JSON.stringify([block.block_id, element.action_id]);

async function refusalTold(value) {
  try {
    await value;
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
    tell('trouble', { sentence: refusal.message });
  }
}

/** Wait for an answer; return the sentence that says what went wrong, or null. */
export async function problemOf(answer) {
  try {
    const { ok, error } = await answer;
    return ok === false || error ? (error ?? 'The app did not take that. Try again.') : null;
  } catch (refusal) {
    if (refusal instanceof Refusal) return refusal.message;
    throw refusal;
  }
}
