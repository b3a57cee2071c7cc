// Writes moments as the played person would read them: in their zone, against the workspace's own clock.

const formats = new Map();

function format(zone, options) {
  const key = zone + JSON.stringify(options);
  if (!formats.has(key)) formats.set(key, build(zone, options));
  return formats.get(key);
}

function build(zone, options) {
  try {
    return new Intl.DateTimeFormat('en-GB', { ...options, timeZone: zone });
  } catch {
    return new Intl.DateTimeFormat('en-GB', { ...options, timeZone: 'UTC' });
  }
}

/** Return the moment that a message's `ts` stands for. */
export const momentOf = (ts) => new Date(Number.parseFloat(ts) * 1000);

export const timeOfDay = (date, zone) => format(zone, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(date);

/** Return "Mexico City time" for America/Mexico_City. */
export const zoneName = (zone) => `${zone.split('/').pop().replaceAll('_', ' ')} time`;

export const weekdayAndTime = (date, zone) =>
  `${format(zone, { weekday: 'short', day: 'numeric', month: 'short' }).format(date)}, ${timeOfDay(date, zone)}`;

/** Return the calendar day as 2026-11-22, for comparing and for date fields. */
export function dayKey(date, zone) {
  const parts = Object.fromEntries(
    format(zone, { year: 'numeric', month: '2-digit', day: '2-digit' }).formatToParts(date).map((part) => [part.type, part.value]),
  );
  return `${parts.year}-${parts.month}-${parts.day}`;
}

/** Return whole days from `now` to `date` on the calendar of the zone. */
function daysAhead(date, now, zone) {
  return Math.round((Date.parse(dayKey(date, zone)) - Date.parse(dayKey(now, zone))) / 86400000);
}

const NEAR_DAYS = { '-1': 'Yesterday', 0: 'Today', 1: 'Tomorrow' };

/** Return "Today", "Yesterday" or "Monday, 23 November"; the year only where it differs. */
export function dayName(date, now, zone) {
  const near = NEAR_DAYS[daysAhead(date, now, zone)];
  if (near) return near;
  const sameYear = dayKey(date, zone).slice(0, 4) === dayKey(now, zone).slice(0, 4);
  return format(zone, { weekday: 'long', day: 'numeric', month: 'long', year: sameYear ? undefined : 'numeric' }).format(date);
}

const DATE_STYLES = {
  date: { day: 'numeric', month: 'long', year: 'numeric' },
  date_long: { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' },
  date_short: { day: 'numeric', month: 'short', year: 'numeric' },
};

/** Replace the tokens of Slack's date markup, such as `{date_pretty} at {time}`. */
export function dateMarkup(pattern, date, now, zone) {
  return pattern.replace(/\{(\w+)\}/g, (whole, token) => dateToken(token, date, now, zone) ?? whole);
}

function dateToken(token, date, now, zone) {
  const pretty = token.endsWith('_pretty') && NEAR_DAYS[daysAhead(date, now, zone)];
  if (pretty) return pretty.toLowerCase();
  const style = DATE_STYLES[token.replace('_pretty', '')];
  if (style) return format(zone, style).format(date);
  if (token === 'date_num') return dayKey(date, zone);
  if (token === 'time') return timeOfDay(date, zone);
  if (token === 'time_secs') return `${timeOfDay(date, zone)}:${String(date.getUTCSeconds()).padStart(2, '0')}`;
  return token === 'ago' ? ago(date, now) : null;
}

function ago(date, now) {
  const seconds = Math.round((date - now) / 1000);
  const words = new Intl.RelativeTimeFormat('en-GB', { numeric: 'auto' });
  if (Math.abs(seconds) < 3600) return words.format(Math.round(seconds / 60), 'minute');
  return Math.abs(seconds) < 86400 ? words.format(Math.round(seconds / 3600), 'hour') : words.format(Math.round(seconds / 86400), 'day');
}

/** Return "2 days 3 h" for a span in seconds, to the nearest hour; minutes only below an hour. */
export function span(seconds) {
  if (seconds < 3570) return `${Math.round(seconds / 60)} min`;
  const hours = Math.round(seconds / 3600);
  const [days, rest] = [Math.floor(hours / 24), hours % 24];
  return [days && `${days} ${days === 1 ? 'day' : 'days'}`, rest && `${rest} h`].filter(Boolean).join(' ');
}

/** Return the epoch second of a wall-clock `2026-11-22T09:00` in the zone (two steps settle a change of offset). */
export function epochOf(wall, zone) {
  const target = Date.parse(`${wall}Z`);
  let guess = target;
  for (let step = 0; step < 2; step += 1) guess += target - Date.parse(`${wallOf(new Date(guess), zone)}Z`);
  return Math.round(guess / 1000);
}

export const wallOf = (date, zone) => `${dayKey(date, zone)}T${timeOfDay(date, zone)}`;
