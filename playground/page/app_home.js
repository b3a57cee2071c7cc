// The app's Home tab of the played person.

import { byId, el, fill } from './dom.js';
import { drawView, holdFocus } from './view.js';
import { get } from './wire.js';
import { me, theApp } from './workspace.js';

let shown = null;
let pictures = 0;

/** Open the Home tab: the server tells the app, which may draw it anew. */
export async function openHome() {
  const [user, before] = [me().id, pictures];
  const { view } = await get('/ui/home', { user });
  const newer = pictures !== before;
  if (user === me().id && !newer) showHome(view);
}

export function forgetHome() {
  shown = null;
  byId('home').replaceChildren();
}

/** Draw the Home tab; what was typed in it stays where ids stay the same. */
export function showHome(view) {
  pictures += 1;
  if (!view) return void fill(byId('home'), nothingYet());
  const back = holdFocus(byId('home'));
  const scroll = byId('home').scrollTop;
  shown = drawView(view, shown?.surface);
  fill(byId('home'), el('div', { class: 'home-page', 'data-testid': 'home-view' }, shown.blocks));
  byId('home').scrollTop = scroll;
  back(byId('home'));
}

const nothingYet = () =>
  el(
    'div',
    { class: 'empty' },
    el('h2', { text: `${theApp().name} has not drawn a Home tab yet` }),
    el('p', { text: theApp().connected ? 'It was just told that you are here; this fills itself in a moment.' : 'The app is not connected to this playground at the moment.' }),
  );
