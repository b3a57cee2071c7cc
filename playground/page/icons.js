// The page's own line icons, drawn as SVG so that no font or file has to be fetched.

const SVG = 'http://www.w3.org/2000/svg';

const PATHS = {
  hash: 'M5 9h14M5 15h14M10 4 8 20M16 4l-2 16',
  lock: 'M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3',
  people: 'M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2.5 20c0-3.6 2.9-6 6.5-6s6.5 2.4 6.5 6M16 4.5a3.5 3.5 0 0 1 0 6.3M18 14.4c2.2.8 3.5 2.7 3.5 5.6',
  home: 'M4 11l8-7 8 7v9h-5.5v-6h-5v6H4z',
  menu: 'M4 7h16M4 12h16M4 17h16',
  close: 'M6 6l12 12M18 6 6 18',
  back: 'M15 5l-7 7 7 7',
  chevron: 'M6 9l6 6 6-6',
  plus: 'M12 5v14M5 12h14',
  send: 'M4 4.5 21 12 4 19.5 6.5 12zM6.5 12H13',
  reply: 'M4 5h16v11H10l-5 4v-4H4z',
  more: 'M5.5 12h.01M12 12h.01M18.5 12h.01',
  clock: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7v5l3.5 2',
  pulse: 'M3 12h4l2.5-7 5 14 2.5-7h4',
  eye: 'M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12zM12 14.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z',
  search: 'M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM16 16l4.5 4.5',
  check: 'M5 12.5l4.5 4.5L19 7.5',
  bolt: 'M13 3 5 14h6l-1 7 8-11h-6z',
  pencil: 'M4 20l1-4L16 5l3 3L8 19z',
  help: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM9.5 9.5a2.5 2.5 0 1 1 3.6 2.3c-.8.4-1.1.9-1.1 1.7M12 16.8h.01',
  warning: 'M12 4 2.5 20h19zM12 10v4.5M12 17.3h.01',
  up: 'M7 21H4V10h3zM7 10l4-7c1.7 0 2.5 1.2 2.2 2.8L12.5 9H18a2 2 0 0 1 2 2.4l-1.5 7.6A2.5 2.5 0 0 1 16 21H7',
  down: 'M17 3h3v11h-3zM17 14l-4 7c-1.7 0-2.5-1.2-2.2-2.8l.7-3.2H6a2 2 0 0 1-2-2.4L5.5 5A2.5 2.5 0 0 1 8 3h9',
  compass: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM15.5 8.5l-2 5-5 2 2-5z',
};

/** Return a decorative icon; screen readers skip it. */
export function icon(name) {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('class', `icon icon-${name}`);
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', PATHS[name]);
  svg.append(path);
  return svg;
}
