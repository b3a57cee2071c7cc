// Builds DOM nodes. Text only ever becomes a text node, so nothing that a person or an app writes can turn into markup.

const PROPERTIES = new Set(['value', 'checked', 'disabled', 'selected', 'hidden', 'open']);
let lastId = 0;

/** Return a new element; `on…` attributes are listeners, null and false attributes are left out. */
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) assign(node, name, value);
  node.append(...present(children));
  return node;
}

function assign(node, name, value) {
  if (value === null || value === undefined) return;
  if (name.startsWith('on')) node.addEventListener(name.slice(2), value);
  else if (name === 'text') node.textContent = value;
  else if (name.startsWith('aria-')) node.setAttribute(name, String(value));
  else if (PROPERTIES.has(name)) node[name] = value;
  else if (value !== false) node.setAttribute(name, value === true ? '' : value);
}

const present = (children) => children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false);

/** Give an element these children and no others. */
export function fill(node, ...children) {
  node.replaceChildren(...present(children));
  return node;
}

/** Make `nodes` the children of `parent`, moving as few as possible, so that focus and scroll stay. */
export function reconcile(parent, nodes) {
  const wanted = new Set(nodes);
  for (const child of [...parent.childNodes]) if (!wanted.has(child)) child.remove();
  nodes.forEach((node, place) => {
    if (parent.childNodes[place] !== node) parent.insertBefore(node, parent.childNodes[place] ?? null);
  });
}

export const byId = (id) => document.getElementById(id);

export const newId = (prefix) => `${prefix}-${++lastId}`;

/** Say a sentence to screen readers, politely. */
export function announce(sentence) {
  const region = byId('announcer');
  region.append(el('p', { text: sentence }));
  while (region.childNodes.length > 5) region.firstChild.remove();
}

/** Call `action` once things have been quiet for `wait` milliseconds. */
export function debounce(action, wait) {
  let timer = 0;
  return (...parameters) => {
    clearTimeout(timer);
    timer = setTimeout(action, wait, ...parameters);
  };
}

/** Read or keep a small thing in the browser's storage; without storage the page simply forgets. */
export function remembered(key) {
  try {
    return localStorage.getItem(`waymark.${key}`);
  } catch {
    return null;
  }
}

export function remember(key, value) {
  try {
    localStorage.setItem(`waymark.${key}`, value);
  } catch {
    // A browser that refuses storage still gets a working page.
  }
}
