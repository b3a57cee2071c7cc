// Things that go wrong with Slack now and then, on demand, to see that the app bears them.

import { announce, byId, el, fill } from './dom.js';
import { Refusal, get, post } from './wire.js';

const DELAYS = [0, 300, 1500, 3500];

/** Fetch what is broken at the moment and draw the switches. */
export async function showFaults() {
  await change(get('/ui/faults'));
}

const send = (faults) => change(post('/ui/faults', faults));

async function change(answer) {
  try {
    draw(await answer);
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
    fill(byId('panel-faults'), el('p', { class: 'nothing', text: refusal.message }));
  }
}

function draw(now) {
  const focused = document.activeElement?.dataset?.fault;
  fill(
    byId('panel-faults'),
    el('p', { class: 'faults-lead', text: 'Break something, then watch the log. The app should lose nothing and say nothing twice.' }),
    fault('Slow Slack', 'Every call of the app waits this long before Slack answers.', slow(now)),
    fault('Too many requests (429)', 'Slack refuses the next three messages and asks the app to wait five seconds.', limited(now)),
    fault('Server error (500)', 'Slack answers the next two calls of any kind with an error.', failing(now)),
    fault('Lost answer', 'Slack takes the next two messages, and its answer never reaches the app.', losing(now)),
    fault('Dropped socket', 'The app’s connection breaks off once; it has to come back by itself.', once()),
    fault('Repeated events', 'Slack delivers every event twice, as it does when an answer got lost.', repeated(now)),
  );
  if (focused) byId('panel-faults').querySelector(`[data-fault="${focused}"]`)?.focus();
}

const fault = (name, explanation, control) => el('section', { class: 'fault' }, el('div', {}, el('h3', { text: name }), el('p', { text: explanation })), control);

function slow({ slow_ms: chosen = 0 }) {
  const options = DELAYS.map((wait) => el('option', { value: wait, selected: wait === chosen }, wait ? `${wait / 1000} s` : 'Off'));
  return el('select', { class: 'input short', 'aria-label': 'Slow Slack', 'data-fault': 'slow', 'data-testid': 'fault-slow', onchange: ({ target }) => send({ slow_ms: Number(target.value) }) }, options);
}

const left = (fault) => (fault?.times ? `${fault.times} left` : null);

const limited = ({ rate_limit: fault }) =>
  toggle('limit', 'Too many requests', left(fault), () => send({ rate_limit: left(fault) ? null : { method: 'chat.postMessage', times: 3, retry_after: 5 } }));

const failing = ({ server_error: fault }) =>
  toggle('error', 'Server error', left(fault), () => send({ server_error: left(fault) ? null : { method: '*', times: 2 } }));

const losing = ({ lost_answer: fault }) =>
  toggle('lost', 'Lost answer', left(fault), () => send({ lost_answer: left(fault) ? null : { method: 'chat.postMessage', times: 2 } }));

const repeated = ({ repeat_events: on }) => toggle('repeat', 'Repeated events', on ? 'On' : null, () => send({ repeat_events: !on }));

function toggle(name, label, note, act) {
  return el(
    'button',
    { type: 'button', class: 'switch', role: 'switch', 'aria-checked': Boolean(note), 'aria-label': label, 'data-fault': name, 'data-testid': `fault-${name}`, onclick: act },
    el('span', { class: 'switch-knob' }),
    el('span', { class: 'switch-word', text: note ?? 'Off' }),
  );
}

function once() {
  const drop = async () => {
    await send({ drop_socket: true });
    announce('The socket was dropped.');
  };
  return el('button', { type: 'button', class: 'btn', 'data-fault': 'drop', 'data-testid': 'fault-drop', onclick: drop }, 'Drop it now');
}
