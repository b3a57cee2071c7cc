// Which addresses the page may open, and which of them mean a conversation of this workspace.

import { tell } from './bus.js';
import { conversation } from './workspace.js';

const SAFE_SCHEMES = new Set(['http:', 'https:', 'mailto:', 'tel:', 'slack:']);

/** Return the address if its scheme is harmless, else null. */
export function safeUrl(address) {
  try {
    const url = new URL(address);
    return SAFE_SCHEMES.has(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}

/** Return the attributes of a link: to a new tab, or to a conversation in this page where the address means one. */
export function linkTo(url, also = () => {}) {
  const follow = (event) => {
    also();
    const place = conversation(placeIn(url));
    if (!place) return;
    event.preventDefault();
    tell('go', { conversation: place.id });
  };
  return { href: url, target: '_blank', rel: 'noopener noreferrer', onclick: follow };
}

/** Find the conversation in `slack.com/app_redirect?channel=…`, `…/archives/…` or `slack://channel?id=…`. */
function placeIn(address) {
  const url = new URL(address);
  if (url.protocol === 'slack:') return url.searchParams.get('id');
  if (!/(^|\.)slack\.com$/.test(url.hostname)) return null;
  return url.searchParams.get('channel') ?? /\/archives\/(\w+)/.exec(url.pathname)?.[1];
}
