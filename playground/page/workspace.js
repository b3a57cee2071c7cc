// What the page knows of the workspace, as the played person sees it: people, conversations, the clock.

let world = null;
let clockAt = 0;
let clockMark = 0;

/** Take the server's picture of the workspace. */
export function learn(next) {
  world = next;
  setClock(next);
}

export function setClock({ now, offset }) {
  clockAt = Date.parse(now);
  clockMark = performance.now();
  world.offset = offset;
}

export const known = () => world !== null;
export const theWorld = () => world;
export const theApp = () => world.app;
export const me = () => world.user;
export const zone = () => world.user.tz;

/** Return the workspace's time: the server's, carried on by this browser's own steps. */
export const now = () => new Date(clockAt + performance.now() - clockMark);

/** Return whoever has this id: a person, the app, or a stand-in that is named by the id. */
export function person(id) {
  if (id === world.app.user_id) return { id, name: world.app.name, real_name: world.app.name, app: true, avatar: { initials: world.app.name[0], colour: APP_COLOUR } };
  return world.people.find((one) => one.id === id) ?? { id, name: id, real_name: id, avatar: { initials: '?', colour: '#777777' } };
}

const APP_COLOUR = '#0b6e5f';

export const nameOf = (id) => person(id).real_name || person(id).name;

export const firstName = (id) => nameOf(id).split(/\s+/)[0];

export const conversation = (id) => world.conversations.find((one) => one.id === id);

/** Return the name of a public channel, which everybody may know. */
export const channelName = (id) => world.channels[id];

export const appConversation = () => world.conversations.find((one) => one.kind === 'app');

export const isApp = (id) => conversation(id)?.kind === 'app';

/** Return the people of a conversation other than the played one. */
export const others = (place) => (place.members ?? []).filter((id) => id !== world.user.id);

/** Return a conversation's title: a channel's name, or who is in it. */
export function title(place) {
  if (place.kind === 'app') return world.app.name;
  if (place.kind === 'channel') return place.name;
  if (place.kind === 'im') return nameOf(others(place)[0] ?? world.user.id);
  return others(place).map((id) => (person(id).app ? world.app.name : firstName(id))).join(', ') || place.name;
}

export const spokenTitle = (place) => (place.kind === 'channel' ? `#${title(place)}` : title(place));

/** Return black or white, whichever reads better on a colour like #336699. */
export function inkOn(colour) {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.179 ? '#000000' : '#ffffff';
}
