// Three steps for someone who is here for the first time.

import { hear } from './bus.js';
import { byId, el, fill, remember, remembered } from './dom.js';
import { closeButton } from './popup.js';
import { theApp } from './workspace.js';

/** Let the help button bring the steps back; show them by themselves until they were dismissed once. */
export function startWelcome(write) {
  byId('help').addEventListener('click', () => showWelcome(write));
  if (remembered('welcomed') !== 'yes') showWelcome(write);
  hear('commanded', showNext);
}

function showWelcome(write) {
  const command = theApp().commands[0]?.command ?? '/ask-mentor';
  const example = `${command} How do I find out why my asyncio task hangs?`;
  const steps = [
    ['Ask', [`Type ${command} How do I … in the field below and press Enter.`, el('button', { type: 'button', class: 'link', 'data-testid': 'welcome-try', onclick: () => write(example) }, 'Put it there for me')]],
    ['Switch', ['Switch to whoever was asked: the top bar says who has a new message.']],
    ['Skip', ['Skip to tomorrow with the clock at the top, and see the follow-up arrive.']],
  ];
  byId('welcome').hidden = false;
  fill(
    byId('welcome'),
    el('div', { class: 'welcome-head' }, el('h2', { text: 'Try it in three steps' }), closeButton('Dismiss the welcome', dismiss, 'welcome-dismiss')),
    el('p', { class: 'welcome-lead', text: `This is a stand-in for Slack. Nothing leaves this machine, and you can be any of the people in it.` }),
    el('ol', { class: 'steps' }, steps.map(([name, words]) => el('li', {}, el('strong', { text: name }), el('span', {}, words)))),
  );
}

/** After a command the steps make room; after the one they are about, one line says what comes next. */
function showNext({ command }) {
  if (byId('welcome').hidden) return;
  if (command !== theApp().commands[0]?.command) {
    byId('welcome').hidden = true;
    return;
  }
  const next = el('p', { class: 'welcome-lead', text: 'Next: switch to whoever was asked (the top bar says who has a new message), then skip to tomorrow.' });
  fill(byId('welcome'), el('div', { class: 'welcome-head' }, next, closeButton('Dismiss the welcome', dismiss, 'welcome-dismiss')));
}

function dismiss() {
  byId('welcome').hidden = true;
  remember('welcomed', 'yes');
  document.querySelector('[data-testid="composer"]').focus();
}
