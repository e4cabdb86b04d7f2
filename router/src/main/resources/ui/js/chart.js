/**
 * Lines over time, or over any number, as SVG: it follows the theme by itself, the arrow keys read it point by point, and
 * its label tells it in words.
 */
import { html, useEffect, useMemo, useRef, useState } from '../vendor/preact.js';
import { figure, time, when } from './format.js';

const HEIGHT = 170;
const LEFT = 46;
const BOTTOM = 20;
const TOP = 8;
const STEPS = [1, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200, 86400]; // seconds
const DAY = 86400;

/** Round numbers from 0 to at least the highest, or around values below 0. */
export function ticks(low, high, most = 4) {
  const rough = (high - low || 1) / most;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map(each => each * power).find(each => each >= rough);
  const first = Math.floor(low / step);
  return Array.from({ length: Math.ceil(high / step) - first + 1 }, (_, i) => (first + i) * step);
}

function timeTicks(from, to) {
  const step = STEPS.find(each => (to - from) / each <= 5) ?? (to - from) / 5;
  const zone = new Date(from * 1000).getTimezoneOffset() * 60;
  const first = Math.ceil((from - zone) / step) * step + zone;
  return Array.from({ length: Math.max(0, Math.floor((to - first) / step) + 1) }, (_, i) => first + i * step);
}

const hour = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });

/** The points of one line as a path; a gap where a value is missing, a dot where both neighbours are. */
export function line(xs, values, x, y) {
  let pen = 'M';
  return xs.map((at, i) => {
    if (values[i] == null) { pen = 'M'; return ''; }
    const to = `${pen}${x(at).toFixed(1)} ${y(values[i]).toFixed(1)}`;
    pen = 'L';
    return values[i + 1] == null && values[i - 1] == null ? `${to}m-1 0a1 1 0 1 0 2 0a1 1 0 1 0-2 0` : to;
  }).join('');
}

function useWidth(box) {
  const [width, setWidth] = useState(600);
  useEffect(() => {
    const size = new ResizeObserver(([entry]) => setWidth(Math.max(200, Math.floor(entry.contentRect.width))));
    size.observe(box.current);
    return () => size.disconnect();
  }, []);
  return width;
}

/** What does not change while the pointer moves. */
function drawing(xs, lines, width, { overTime, point, fromZero }) {
  const all = lines.flatMap(({ values }) => values).filter(value => value != null);
  const least = all.reduce((a, b) => Math.min(a, b), fromZero ? 0 : Infinity);
  const most = all.reduce((a, b) => Math.max(a, b), fromZero ? 0 : -Infinity);
  const marks = all.length && least < most ? ticks(least, most) : ticks(Math.min(0, least), Math.max(1, most));
  const [low, high] = [marks[0], marks[marks.length - 1]];
  const [from, to] = [xs[0] ?? 0, xs[xs.length - 1] ?? 1];
  const x = at => LEFT + ((at - from) / (to - from || 1)) * (width - LEFT - 8);
  const y = value => TOP + (1 - (value - low) / (high - low)) * (HEIGHT - TOP - BOTTOM);
  const below = overTime ? timeTicks(from, to) : ticks(from, to, 6).filter(at => at >= from && at <= to);
  return {
    x,
    svg: html`${marks.map(mark => html`<line class="grid" x1=${LEFT} x2=${width} y1=${y(mark)} y2=${y(mark)}/><text class="end" x=${LEFT - 6} y=${y(mark) + 4}>${figure(mark)}</text>`)}
      ${below.filter(at => x(at) <= width - (overTime ? 26 : 12)).map(at => html`<text class="mid" x=${x(at)} y=${HEIGHT - 4}>${overTime ? hour.format(at * 1000) : figure(at)}</text>`)}
      ${lines.map(({ values }, i) => html`<path class=${`line line${i % 3}`} d=${line(xs, values, x, y)}/>
        ${point && xs.map((at, j) => values[j] != null && html`<circle class=${`line line${i % 3}`} cx=${x(at)} cy=${y(values[j])} r="2"/>`)}`)}`,
  };
}

/**
 * @param xs the numbers below: seconds since 1970, or any others
 * @param lines [{name, values}], as long as xs; null for a gap
 */
export function Chart({ title, xs, lines, unit = '', overTime = true, point = false, fromZero = true }) {
  const box = useRef(null);
  const width = useWidth(box);
  const [at, setAt] = useState(null);
  const { x, svg } = useMemo(() => drawing(xs, lines, width, { overTime, point, fromZero }), [xs, lines, width]);
  const last = xs.length - 1;
  const shown = at == null ? last : Math.min(at, last);
  const measured = value => (value == null ? figure(value) : figure(value) + unit);
  const told = which => lines.map(({ name, values }) => `${name} ${measured(which(values))}`).join(', ');
  const label = `${title}. ${last < 0 ? 'Nothing yet.' : `Last: ${told(values => values[last])}. Highest: ${told(values => values.reduce((a, b) => Math.max(a, b ?? 0), 0))}.`}`;
  const follow = event => {
    const rate = (event.clientX - box.current.getBoundingClientRect().left - LEFT) / (width - LEFT - 8);
    setAt(Math.max(0, Math.min(last, Math.round(rate * last))));
  };
  const key = event => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step) { event.preventDefault(); setAt(Math.max(0, Math.min(last, shown + step))); }
  };
  return html`<figure class="chart"><figcaption><strong>${title}</strong>
      <span class="faint">${last < 0 ? 'nothing yet' : overTime ? (Date.now() / 1000 - xs[shown] > DAY / 2 ? when : time)(xs[shown]) : figure(xs[shown])}</span>
      <span class="keys">${last >= 0 && lines.map(({ name, values }, i) => html`<span class="key"><i class=${`hue${i % 3}`}></i>${name} ${measured(values[shown])}</span>`)}</span></figcaption>
    <div ref=${box} role="img" tabindex="0" aria-label=${label} onKeyDown=${key} onPointerMove=${follow} onPointerLeave=${() => setAt(null)} onBlur=${() => setAt(null)}>
      <svg width=${width} height=${HEIGHT} aria-hidden="true">${svg}${at != null && last >= 0 && html`<line class="cursor" x1=${x(xs[shown])} x2=${x(xs[shown])} y1=${TOP} y2=${HEIGHT - BOTTOM}/>`}</svg></div></figure>`;
}
