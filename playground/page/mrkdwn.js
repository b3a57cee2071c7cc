// Turns Slack's mrkdwn into DOM nodes: styles, code, quotes, links, mentions, dates. Unknown markup stays text.

import { tell } from './bus.js';
import { el } from './dom.js';
import { withEmoji } from './emoji.js';
import { linkTo, safeUrl } from './links.js';
import { dateMarkup } from './time.js';
import { channelName, conversation, known, me, nameOf, now, person, zone } from './workspace.js';

const ENTITIES = { '&lt;': '<', '&gt;': '>', '&amp;': '&' };
const FENCE = /```\n?([\s\S]+?)\n?```\n?/g;
const STYLES = ['strong', 'em', 's'];
const INLINE = new RegExp(
  [
    '<([^<>\\n]+)>',
    '`([^`\\n]+)`',
    ...['*', '_', '~'].map((mark) => `(?<![\\p{L}\\p{N}${mark}])[${mark}](?=\\S)([^${mark}\\n]*[^\\s${mark}])[${mark}](?![\\p{L}\\p{N}${mark}])`),
    '(https?://[^\\s<>]*[^\\s<>.,;:!?)\\]\'"])',
  ].join('|'),
  'u',
);

/** Return a text object (mrkdwn or plain_text) as one inline element. */
export function textObject(object) {
  if (object.type === 'mrkdwn') return el('div', { class: 'mrkdwn', dir: 'auto' }, mrkdwn(object.text));
  return el('span', { class: 'plain', dir: 'auto', text: object.emoji === false ? object.text : withEmoji(object.text) });
}

/** Return the words of a plain text object, with its emoji. */
export const words = (object) => (object ? withEmoji(object.text) : '');

const unescape = (text) => text.replace(/&(?:lt|gt|amp);/g, (entity) => ENTITIES[entity]);

export const escape = (text) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

/** Return a mrkdwn text as the words that one reads. */
export const spoken = (text) => el('span', {}, mrkdwn(text ?? '')).textContent;

/** Return the nodes of a mrkdwn text. */
export function mrkdwn(text) {
  return fences(text).flatMap(({ code, body }) => (code ? el('pre', {}, el('code', { text: unescape(body) })) : lines(body)));
}

function fences(text) {
  const found = [];
  let end = 0;
  for (const match of text.matchAll(FENCE)) {
    found.push({ body: text.slice(end, match.index) }, { code: true, body: match[1] });
    end = match.index + match[0].length;
  }
  return [...found, { body: text.slice(end) }].filter(({ body }) => body !== '');
}

function lines(text) {
  const nodes = [];
  for (const run of text.match(/(?:^(?:&gt;|>).*(?:\n|$))+|(?:^(?!&gt;|>).*(?:\n|$))+/gm) ?? []) {
    if (run === '') continue;
    if (/^(?:&gt;|>)/.test(run)) nodes.push(el('blockquote', {}, inline(run.replace(/^(?:&gt;|>) ?/gm, '').replace(/\n$/, ''))));
    else nodes.push(...inline(run));
  }
  return nodes;
}

function inline(text) {
  const nodes = [];
  let rest = text;
  for (let match = INLINE.exec(rest); match; match = INLINE.exec(rest)) {
    nodes.push(withEmoji(unescape(rest.slice(0, match.index))), styled(match));
    rest = rest.slice(match.index + match[0].length);
  }
  return [...nodes, withEmoji(unescape(rest))].filter((node) => node !== '');
}

function styled([whole, angle, code, ...rest]) {
  if (angle !== undefined) return special(angle, whole);
  if (code !== undefined) return el('code', { text: unescape(code) });
  const address = rest.pop();
  if (address !== undefined) return link(unescape(address), unescape(address));
  const style = rest.findIndex((body) => body !== undefined);
  return el(STYLES[style], {}, inline(rest[style]));
}

function special(body, whole) {
  const [target, label] = split(body);
  if (target.startsWith('@')) return mention(target.slice(1));
  if (target.startsWith('#')) return channel(target.slice(1), label);
  if (target.startsWith('!date^')) return date(target, label);
  if (target.startsWith('!')) return el('span', { class: 'mention', text: label ?? `@${target.slice(1).split('^')[0]}` });
  return link(unescape(target), label ? withEmoji(unescape(label)) : unescape(target)) ?? unescape(whole);
}

function split(body) {
  const at = body.indexOf('|');
  return at < 0 ? [body, undefined] : [body.slice(0, at), body.slice(at + 1)];
}

/** Return a mention of a person. */
export function mention(id) {
  if (!known()) return `@${id}`;
  const mine = id === me().id ? ' mention-me' : '';
  return el('span', { class: `mention${mine}`, title: person(id).title, dir: 'auto', text: `@${nameOf(id)}` });
}

/** Return a channel's name, as a way to it where the played person is in it; of a public one everybody sees it. */
export function channel(id, label) {
  const place = conversation(id);
  if (!place) return el('span', { class: 'mention', text: `#${channelName(id) || label || 'private channel'}` });
  return el('button', { type: 'button', class: 'mention', text: `#${place.name}`, onclick: () => tell('go', { conversation: id }) });
}

function date(target, fallback) {
  const [, epoch, pattern, address] = target.split('^');
  const moment = new Date(Number(epoch) * 1000);
  if (Number.isNaN(moment.getTime()) || !pattern) return unescape(fallback ?? target);
  const text = unescape(dateMarkup(pattern, moment, now(), zone()));
  return (address && link(unescape(address), text)) || el('time', { datetime: moment.toISOString(), title: unescape(fallback ?? ''), text });
}

/** Return a link that opens in a new tab, or null where the address is not one that a page may open. */
export function link(address, label) {
  const url = safeUrl(address);
  return url && el('a', { ...linkTo(url), dir: 'auto', text: label });
}
