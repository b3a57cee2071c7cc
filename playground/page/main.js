// Starts the page and ties its parts together: who is played, where they are, and what the server pushes.

import { noteStatus } from './agent.js';
import { showHome } from './app_home.js';
import { drop, fold, forgetAll } from './archive.js';
import { hear, tell } from './bus.js';
import { announce, byId, debounce, fill } from './dom.js';
import { icon } from './icons.js';
import { refreshLog, refreshLogSoon, startInspector } from './inspector.js';
import { clearMainPane, composer, drawHead, drawMessages, openConversation, refreshMessages, startMainPane } from './main_pane.js';
import { authorOf } from './message.js';
import { spoken } from './mrkdwn.js';
import { dropView, keepViews, openView, sayInModal, startModals, updateView } from './modal.js';
import { readRoute, writeRoute } from './route.js';
import { drawStatus, startStatus } from './status.js';
import { closeDrawer, drawSidebar, startDrawer } from './sidebar.js';
import { drawDoing, drawThread, openThread, refreshThread, startThreadPane, threadIsOpen } from './thread_pane.js';
import { dismissAbout, dismissAll, toast } from './toasts.js';
import { drawClock, drawPlayed, noteNews, startTopbar } from './topbar.js';
import { startWelcome } from './welcome.js';
import { Live, Refusal, get, post } from './wire.js';
import { appConversation, conversation, isApp, known, learn, me, nameOf, setClock, spokenTitle, theWorld } from './workspace.js';

const RETRY = 1500;
const LONGEST_NOTICE = 120;
const live = new Live();
let here = {};

// ── Who and where ──

async function play({ user, ...wish }) {
  here = {};
  dismissAll();
  learn(await get('/ui/world', { user }));
  forgetAll();
  clearMainPane();
  keepViews(0);
  live.play(me().id);
  drawPlayed();
  drawStatus();
  drawClock();
  theWorld().people.forEach(({ id, unread }) => noteNews(id, unread ?? 0, null));
  await go({ ...wish, conversation: knownPlace(wish.conversation) });
  announce(`You are playing ${nameOf(me().id)}`);
}

const knownPlace = (id) => (id && conversation(id) ? id : (appConversation() ?? theWorld().conversations[0]).id);

async function go({ conversation: id, tab = 'messages', thread, write = false }) {
  const moved = id !== here.conversation || tab !== here.tab || me().id !== here.user;
  here = { user: me().id, conversation: id, tab: isApp(id) ? tab : 'messages', thread };
  writeRoute(here);
  closeDrawer();
  drawSidebar(id);
  dismissAbout(id);
  const shown = moved ? openConversation(id, here.tab) : Promise.resolve();
  await Promise.all([shown, openThread(id, thread, write), moved && opened(id)]);
}

async function opened(id) {
  if (here.tab === 'home') return;
  await quietly(post('/ui/open', { user: me().id, conversation: id }));
  setUnread(id, 0);
}

async function quietly(answer) {
  try {
    return await answer;
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
    return tell('trouble', { sentence: refusal.message });
  }
}

async function writeTo({ people }) {
  const answer = await quietly(post('/ui/open', { user: me().id, with: people }));
  if (!answer?.conversation) return;
  await refreshWorld();
  await go({ conversation: answer.conversation.id });
  composer.input.focus();
}

// ── What the server pushes ──

const PUSHES = {
  message: ({ conversation: id, message }) => arrived(id, message),
  update: ({ conversation: id, message }) => changed(id, message),
  delete: ({ conversation: id, ts, message }) => removed(id, ts ?? message.ts),
  view_open: ({ view, stack }) => openView(view, stack),
  view_update: ({ view }) => (view.type === 'home' ? showHome(view) : updateView(view)),
  view_close: ({ view_id: id, stack }) => (id && stack === undefined ? dropView(id) : keepViews(stack ?? 0)),
  home: ({ view }) => here.tab === 'home' && showHome(view),
  unread: ({ user = me().id, conversation: id, unread, total }) => (user === me().id ? counted(id, unread ?? 0) : noteNews(user, total ?? 0, id)),
  log: () => refreshLogSoon(),
  status: (status) => (noteStatus(status), drawDoing()),
  clock: (clock) => clock.now && (setClock(clock), tell('clock')),
  world: debounce(() => refreshWorld(), 60),
};

function changed(id, message) {
  fold(id, message);
  drawMessages(id);
  drawThread(id);
}

function removed(id, ts) {
  drop(id, ts);
  drawMessages(id);
  drawThread(id);
}

async function arrived(id, message) {
  changed(id, message);
  if (!conversation(id)) await refreshWorld();
  moveUp(id, message);
  if (message.user === me().id) return;
  const inThread = message.thread_ts && message.thread_ts !== message.ts && !message.broadcast;
  const seen = id === here.conversation && here.tab === 'messages' && (!inThread || threadIsOpen(id, message.thread_ts));
  if (!seen) notify(id, message);
  else announce(`New message from ${authorOf(message)}: ${spoken(message.text)}`);
}

function moveUp(id, { ts }) {
  const place = conversation(id);
  if (!place || place.last_ts === ts) return;
  place.last_ts = ts;
  drawSidebar(here.conversation);
}

function notify(id, message) {
  const thread = message.thread_ts && message.thread_ts !== message.ts ? message.thread_ts : undefined;
  const where = isApp(id) ? '' : ` in ${spokenTitle(conversation(id))}`;
  toast({ by: message.user, heading: `${authorOf(message)}${where}`, sentence: spoken(message.text).slice(0, LONGEST_NOTICE) || 'New message', about: id, act: () => go({ conversation: id, thread }) });
}

/** What is on screen is read as it arrives. */
function counted(id, unread) {
  const seen = id === here.conversation && here.tab === 'messages';
  if (seen && unread) return quietly(post('/ui/read', { user: me().id, conversation: id }));
  return setUnread(id, unread);
}

function setUnread(id, unread) {
  const place = conversation(id);
  if (!place) return refreshWorld();
  if (place.unread === unread) return undefined;
  place.unread = unread;
  return drawSidebar(here.conversation);
}

async function refreshWorld() {
  const world = await quietly(get('/ui/world', { user: me().id }));
  if (world?.user?.id !== me().id) return;
  learn(world);
  drawSidebar(here.conversation);
  drawHead();
  drawStatus();
  drawClock();
}

// ── The connection ──

async function connection({ up, again, tries }) {
  const lost = !up && tries > 1;
  if (up || lost) byId('offline').hidden = up;
  byId('offline').textContent = lost ? await whyLost() : '';
  if (!up || !again) return;
  await refreshWorld();
  await Promise.all([here.tab === 'home' ? openConversation(here.conversation, 'home') : refreshMessages(), refreshThread(), refreshLog()]);
}

/** The socket does not tell why it was refused; a request does: the server may want this browser let in anew. */
async function whyLost() {
  const answer = await get('/ui/world').catch((refusal) => refusal);
  return answer.status === 401 ? answer.message : 'The playground’s server is out of reach. Trying again …';
}

function redrawTimes() {
  drawClock();
  drawMessages(here.conversation);
}

async function start() {
  for (const slot of document.querySelectorAll('[data-icon]')) fill(slot, icon(slot.dataset.icon));
  for (const begin of [startModals, startMainPane, startThreadPane, startInspector, startTopbar, startDrawer]) begin();
  startStatus(refreshWorld);
  hear('live', (push) => known() && PUSHES[push.type]?.(push));
  hear('go', go);
  hear('play', (wish) => quietly(play(wish)));
  hear('write-to', writeTo);
  hear('said', ({ conversation: id, message }) => changed(id, message));
  hear('trouble', ({ sentence }) => sayInModal(sentence) || toast({ sentence, kind: 'problem' }));
  hear('connection', connection);
  hear('clock', redrawTimes);
  await firstWorld();
  startWelcome((text) => composer.write(text));
  document.body.classList.add('ready');
}

async function firstWorld(wish = readRoute()) {
  try {
    await play(wish);
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
    if (refusal.status && wish.user) return firstWorld({});
    await later(refusal);
  }
  return undefined;
}

async function later(refusal) {
  byId('offline').hidden = false;
  byId('offline').textContent = refusal.message;
  await new Promise((resolve) => setTimeout(resolve, RETRY));
  byId('offline').hidden = true;
  await firstWorld();
}

start();
