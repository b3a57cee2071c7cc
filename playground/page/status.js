// Whether the played person is there: active, away, or not to be disturbed. The app looks at it before it asks anyone.

import { presence, stateOf } from './avatar.js';
import { tell } from './bus.js';
import { byId, fill } from './dom.js';
import { openMenu } from './popup.js';
import { problemOf } from './surface.js';
import { post } from './wire.js';
import { me } from './workspace.js';

const CHOICES = [
  { label: 'Active', path: '/ui/presence', body: { presence: 'active' } },
  { label: 'Away', path: '/ui/presence', body: { presence: 'away' } },
  { label: 'Do not disturb for an hour', path: '/ui/dnd', body: { minutes: 60 } },
  { label: 'Do not disturb until tomorrow', path: '/ui/dnd', body: { minutes: 24 * 60 } },
  { label: 'End do not disturb', path: '/ui/dnd', body: { minutes: 0 } },
];

/** Let the button open the choices; `changed` is called after each. */
export function startStatus(changed) {
  const choose = async ({ path, body }) => {
    const sentence = await problemOf(post(path, { user: me().id, ...body }));
    if (sentence) tell('trouble', { sentence });
    else await changed();
  };
  const items = CHOICES.map((choice) => ({ label: choice.label, act: () => choose(choice) }));
  byId('status').addEventListener('click', () => openMenu(byId('status'), 'Your status', items));
}

export function drawStatus() {
  fill(byId('status'), presence(me()), stateOf(me()));
}
