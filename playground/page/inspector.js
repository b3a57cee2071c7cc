// The drawer that shows what Slack and the app said to each other, newest first, and the faults to try.

import { byId, debounce, el, fill, reconcile } from './dom.js';
import { gist } from './log_gist.js';
import { showFaults } from './faults.js';
import { Refusal, get } from './wire.js';
import { timeOfDay } from './time.js';
import { zone } from './workspace.js';

const MOST = 400;
const KINDS = { http: 'HTTP', socket: 'Socket', web_api: 'Web API', response_url: 'Response URL' };
const entries = [];
let last = 0;
let asking = false;

export function startInspector() {
  byId('inspect').addEventListener('click', () => setOpen(byId('inspector').hidden));
  byId('inspector-close').addEventListener('click', () => (setOpen(false), byId('inspect').focus()));
  byId('inspector').addEventListener('keydown', (event) => event.key === 'Escape' && (setOpen(false), byId('inspect').focus()));
  byId('log-filter').addEventListener('input', debounce(draw, 120));
  byId('log-clear').addEventListener('click', () => (entries.splice(0), draw()));
  byId('tab-log').addEventListener('click', () => showTab('log'));
  byId('tab-faults').addEventListener('click', () => showTab('faults'));
  byId('inspector-tabs').addEventListener('keydown', ({ key }) => ['ArrowLeft', 'ArrowRight'].includes(key) && otherTab());
}

function setOpen(open) {
  byId('inspector').hidden = !open;
  document.body.classList.toggle('inspector-open', open);
  byId('inspect').setAttribute('aria-expanded', String(open));
  if (!open) return;
  refreshLog();
  byId('log-filter').focus();
}

function showTab(name) {
  for (const one of ['log', 'faults']) {
    byId(`tab-${one}`).setAttribute('aria-selected', String(one === name));
    byId(`tab-${one}`).tabIndex = one === name ? 0 : -1;
    byId(`panel-${one}`).hidden = one !== name;
  }
  if (name === 'faults') showFaults();
}

function otherTab() {
  const next = byId('panel-log').hidden ? 'log' : 'faults';
  showTab(next);
  byId(`tab-${next}`).focus();
}

/** Fetch what was said since the last look, if anybody is looking. */
export async function refreshLog() {
  if (byId('inspector').hidden || asking) return;
  asking = true;
  try {
    const { entries: fresh } = await get('/ui/log', { after: last });
    take(fresh);
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
  } finally {
    asking = false;
  }
}

export const refreshLogSoon = debounce(refreshLog, 150);

function take(fresh) {
  for (const entry of fresh) {
    if (entry.n <= last) continue;
    last = entry.n;
    entries.unshift({ ...entry, node: drawEntry(entry), words: JSON.stringify(entry).toLowerCase() });
  }
  entries.splice(MOST);
  draw();
}

function draw() {
  const wanted = byId('log-filter').value.trim().toLowerCase();
  const shown = entries.filter(({ words }) => words.includes(wanted));
  byId('log-count').textContent = wanted ? `${shown.length} of ${entries.length}` : `${entries.length}`;
  const nothing = entries.length ? 'Nothing fits this filter.' : 'Nothing was said yet. Type a command and watch.';
  reconcile(byId('log'), shown.length ? shown.map(({ node }) => node) : [el('p', { class: 'nothing', text: nothing })]);
}

function drawEntry(entry) {
  const about = gist(entry);
  const fromSlack = entry.from === 'slack';
  const details = el('div', { class: 'log-details' });
  const node = el(
    'details',
    { class: `log-entry ${fromSlack ? 'from-slack' : 'from-app'}`, 'data-testid': 'log-entry' },
    el(
      'summary',
      {},
      el('span', { class: 'log-way', text: fromSlack ? 'Slack → app' : 'app → Slack' }),
      el('span', { class: 'log-name', title: entry.name, text: entry.name }),
      el('span', { class: `log-status ${tone(entry.status)}`, text: entry.status ?? '…' }),
      el('span', { class: 'log-ms', text: entry.ms === null || entry.ms === undefined ? '' : `${Math.round(entry.ms)} ms` }),
      el('span', { class: 'log-summary', title: about.join(' · ') }, about.map((part, at) => [at ? ' · ' : '', el('bdi', { text: part })])),
      entry.retry ? el('span', { class: 'log-retry', text: `retry ${entry.retry}` }) : null,
    ),
    details,
  );
  node.addEventListener('toggle', () => node.open && !details.childNodes.length && fill(details, drawDetails(entry)));
  return node;
}

function tone(status) {
  const number = Number(status);
  if (Number.isNaN(number)) return /^(ok|acked|ack)/i.test(status ?? '') ? 'good' : 'bad';
  return number >= 500 ? 'bad' : number >= 400 ? 'poor' : 'good';
}

const drawDetails = (entry) => [
  el('p', { class: 'log-when', text: `${timeOfDay(new Date(entry.at), zone())} · ${KINDS[entry.kind] ?? entry.kind} · number ${entry.n}` }),
  part('Headers', entry.headers, Object.entries(entry.headers ?? {}).map(([name, value]) => `${name}: ${value}`).join('\n')),
  part('Request', entry.request, pretty(entry.request)),
  part('Response', entry.response, pretty(entry.response)),
];

const isNothing = (value) => value === null || value === undefined || value === '' || (typeof value === 'object' && !Object.keys(value).length);

const part = (name, value, text) => (isNothing(value) ? null : el('section', {}, el('h4', { text: name }), el('pre', { tabindex: '0', 'aria-label': name, text })));

function pretty(value) {
  if (typeof value !== 'string') return JSON.stringify(value, null, 2);
  try {
    return JSON.stringify(JSON.parse(value), null, 2);
  } catch {
    return value;
  }
}
