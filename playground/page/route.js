// Where the visitor is: who they play, which conversation, tab and thread. The address keeps it, so that a reload comes back.

/** Read the address: `#/U1/C1`, `#/U1/D1/home`, `#/U1/C1/thread/1732.0001`. */
export function readRoute() {
  const [, user, conversation, view, thread] = location.hash.split('/').map(decodeURIComponent);
  return { user, conversation, tab: view === 'home' ? 'home' : 'messages', thread: view === 'thread' ? thread : undefined };
}

/** Write where the visitor is into the address, without a new entry in the history. */
export function writeRoute({ user, conversation, tab, thread }) {
  const rest = thread ? ['thread', thread] : tab === 'home' ? ['home'] : [];
  const hash = ['#', user, conversation, ...rest].map((part) => (part === '#' ? part : encodeURIComponent(part))).join('/');
  if (location.hash !== hash) history.replaceState(null, '', hash);
}
