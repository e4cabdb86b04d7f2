/** Figures, times and sizes as people read them, in the viewer's own zone and language. */

const number = digits => new Intl.NumberFormat(undefined, { maximumFractionDigits: digits });
const whole = number(0);
const one = number(1);
const two = number(2);

const moment = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });
const clock = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' });

/** Three digits are enough for a glance. */
export function figure(value) {
  if (value == null || Number.isNaN(Number(value))) return '–';
  const size = Math.abs(value);
  return (size >= 100 || Number.isInteger(value) ? whole : size >= 10 ? one : two).format(value);
}

/** Scores lie close together; what is no number stays as it is. */
export const score = value => (value == null ? '–' : typeof value === 'number' ? String(Number(value.toPrecision(4))) : String(value));

export const millis = value => (value == null ? '–' : value >= 10000 ? `${figure(value / 1000)} s` : `${figure(value)} ms`);

/** Of an instant in ISO 8601, or in milliseconds or seconds since 1970. */
export function date(at) {
  if (at == null || at === '') return null;
  const parsed = new Date(typeof at === 'number' && at < 1e11 ? at * 1000 : at);
  return Number.isNaN(parsed.getTime()) ? null : parsed;
}

export const when = at => (date(at) ? moment.format(date(at)) : '–');
export const time = at => (date(at) ? clock.format(date(at)) : '–');

/** 95 -> 1 min 35 s */
export function span(seconds) {
  if (seconds == null) return '–';
  const s = Math.max(0, Math.round(seconds));
  if (s < 60) return `${s} s`;
  if (s < 3600) return `${Math.floor(s / 60)} min ${s % 60} s`;
  if (s < 86400) return `${Math.floor(s / 3600)} h ${Math.floor((s % 3600) / 60)} min`;
  return `${Math.floor(s / 86400)} d ${Math.floor((s % 86400) / 3600)} h`;
}

export function bytes(count) {
  if (count == null) return '–';
  const units = ['bytes', 'KB', 'MB', 'GB', 'TB'];
  let value = count;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) { value /= 1000; unit++; }
  return `${figure(value)} ${units[unit]}`;
}

/** A text from outside, cut to a length. */
export const cut = (text, length) => (text.length > length ? `${text.slice(0, length)}…` : text);

/** Any value from outside as text. */
export const asText = value => (value == null ? '–' : typeof value === 'object' ? JSON.stringify(value) : String(value));
