// Draws rich_text blocks and the small part of Markdown that `markdown` blocks use.

import { el } from './dom.js';
import { emoji } from './emoji.js';
import { channel, link, mention, mrkdwn } from './mrkdwn.js';
import { dateMarkup } from './time.js';
import { now, zone } from './workspace.js';

const STYLE_TAGS = { bold: 'strong', italic: 'em', strike: 's', code: 'code' };

/** Return the nodes of a rich_text block's elements. */
export const richText = (elements) => elements.map((part) => PARTS[part.type]?.(part) ?? null);

const PARTS = {
  rich_text_section: (part) => el('div', { class: 'rich-section', dir: 'auto' }, part.elements.map(leaf)),
  rich_text_preformatted: (part) => el('pre', {}, el('code', {}, part.elements.map(leaf))),
  rich_text_quote: (part) => el('blockquote', { dir: 'auto' }, part.elements.map(leaf)),
  rich_text_list: (part) =>
    el(
      part.style === 'ordered' ? 'ol' : 'ul',
      { class: `indent-${Math.min(part.indent ?? 0, 4)}`, start: part.offset ? part.offset + 1 : null },
      part.elements.map((item) => el('li', { dir: 'auto' }, item.elements.map(leaf))),
    ),
};

const LEAVES = {
  text: (leaf) => leaf.text,
  link: (leaf) => link(leaf.url, leaf.text || leaf.url) ?? leaf.text ?? leaf.url,
  user: (leaf) => mention(leaf.user_id),
  channel: (leaf) => channel(leaf.channel_id),
  emoji: (leaf) => emoji(leaf.name),
  usergroup: (leaf) => el('span', { class: 'mention', text: `@${leaf.usergroup_id}` }),
  broadcast: (leaf) => el('span', { class: 'mention', text: `@${leaf.range}` }),
  date: (leaf) => dateMarkup(leaf.format, new Date(leaf.timestamp * 1000), now(), zone()),
};

function leaf(part) {
  const styles = Object.keys(STYLE_TAGS).filter((style) => part.style?.[style]);
  return styles.reduce((inner, style) => el(STYLE_TAGS[style], {}, inner), LEAVES[part.type]?.(part) ?? '');
}

/** Return the nodes of a Markdown text: headings, lists, quotes, fences, emphasis, links. */
export function markdown(text) {
  return text.split(/(```[\s\S]*?```)|\n{2,}/).filter((part) => part?.trim()).map(paragraph);
}

function paragraph(part) {
  const heading = /^#{1,6} +(.*)/.exec(part);
  if (heading) return el('div', {}, el('strong', { class: 'md-heading' }, mrkdwn(asMrkdwn(heading[1]))), mrkdwn(asMrkdwn(part.slice(heading[0].length))));
  const rows = part.split('\n');
  if (rows.every((row) => /^ *[-*] /.test(row))) return list('ul', rows, /^ *[-*] /);
  if (rows.every((row) => /^ *\d+[.)] /.test(row))) return list('ol', rows, /^ *\d+[.)] /);
  return el('div', { class: 'mrkdwn', dir: 'auto' }, mrkdwn(asMrkdwn(part)));
}

const list = (tag, rows, bullet) => el(tag, {}, rows.map((row) => el('li', { dir: 'auto' }, mrkdwn(asMrkdwn(row.replace(bullet, ''))))));

function asMrkdwn(text) {
  if (text.startsWith('```')) return text.replace(/^```\w*\n/, '```');
  return text
    .replace(/(?<![*\w])\*([^*\n]+)\*(?![*\w])/g, '_$1_')
    .replace(/\*\*([^*\n]+)\*\*/g, '*$1*')
    .replace(/~~([^~\n]+)~~/g, '~$1~')
    .replace(/\[([^\]\n]+)\]\((https?:\/\/[^)\s]+)\)/g, '<$2|$1>');
}
