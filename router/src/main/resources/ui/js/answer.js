/** The answer of a predict call: as a number, a table, a plot, a picture or text. A long one is cut, and can be downloaded. */
import { html, useEffect, useMemo } from '../vendor/preact.js';
import { asText, bytes, cut } from './format.js';
import { Chart } from './chart.js';
import { Table } from './parts.js';

const SHOWN_TEXT = 20000;
const PARSED = 1 << 20;
const ROWS = 200;
const POINTS = 2000;
const COLUMNS = 30;
const PICTURES = [['iVBORw0KGgo', 'image/png'], ['/9j/', 'image/jpeg'], ['R0lGOD', 'image/gif']];

const isNumbers = value => Array.isArray(value) && value.length > 1 && value.every(each => typeof each === 'number');
const isRecord = value => value !== null && typeof value === 'object' && !Array.isArray(value);

/** Base64 of a picture as an address that an image takes; null where it is something else. */
export function picture(text) {
  const found = typeof text === 'string' && text.length > 60 && PICTURES.find(([start]) => text.startsWith(start));
  return found && /^[A-Za-z0-9+/=\s]+$/.test(text) ? `data:${found[1]};base64,${text}` : null;
}

/** Rows and columns of what looks like a table; null where nothing does. */
export function rows(value) {
  if (Array.isArray(value) && value.length && value.every(isRecord)) {
    const heads = [...new Set(value.slice(0, ROWS).flatMap(Object.keys))].slice(0, COLUMNS);
    return { heads, of: value.map(row => heads.map(head => row[head])) };
  }
  if (Array.isArray(value) && value.length && value.every(Array.isArray)) {
    const width = Math.min(COLUMNS, Math.max(...value.slice(0, ROWS).map(row => row.length)));
    return { heads: Array.from({ length: width }, (_, i) => i), of: value.map(row => row.slice(0, width)) };
  }
  if (isRecord(value)) {
    const columns = Object.entries(value);
    const length = columns[0]?.[1]?.length;
    if (length && columns.every(([, column]) => Array.isArray(column) && column.length === length)) {
      return { heads: columns.map(([name]) => name), of: Array.from({ length: Math.min(length, ROWS + 1) }, (_, i) => columns.map(([, column]) => column[i])) };
    }
    return columns.length ? { heads: ['name', 'value'], of: columns } : null;
  }
  return null;
}

function Grid({ table }) {
  return html`<${Table} caption="Answer as a table" heads=${table.heads}>
    ${table.of.slice(0, ROWS).map(row => html`<tr>${row.map(cell => html`<td class="long">${cut(asText(cell), 300)}</td>`)}</tr>`)}</${Table}>
    ${table.of.length > ROWS && html`<p class="faint">The first ${ROWS} rows.</p>`}`;
}

function Plot({ values: whole }) {
  const values = useMemo(() => whole.slice(0, POINTS), [whole]);
  const xs = useMemo(() => values.map((_, i) => i), [values]);
  const lines = useMemo(() => [{ name: 'value', values }], [values]);
  return html`<${Chart} title=${`Answer as a plot${whole.length > POINTS ? `, the first ${POINTS} numbers` : ''}`} xs=${xs} lines=${lines}
    overTime=${false} point=${values.length < 60} fromZero=${false}/>`;
}

/** JSON, or JSON line by line; undefined where it is neither, or too long to look at. */
function parsed(text) {
  if (text.length > PARSED) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    try {
      return text.trim().split('\n').map(line => JSON.parse(line));
    } catch {
      return undefined;
    }
  }
}

function Value({ value, text }) {
  const image = picture(value);
  if (image) return html`<img src=${image} alt="The picture that the model answered with"/>`;
  if (typeof value === 'number' || typeof value === 'boolean') return html`<p class="answer-number">${text.trim()}</p>`;
  const single = isRecord(value) && Object.values(value).length === 1 ? Object.values(value)[0] : value;
  if (isNumbers(single)) return html`<${Plot} values=${single}/>`;
  const table = rows(value);
  return table && html`<${Grid} table=${table}/>`;
}

/** @param answer {blob, text, type, status, ms, cut, stopped}: text is the start of the body, blob all of it */
export function Answer({ answer }) {
  const url = useMemo(() => URL.createObjectURL(answer.blob), [answer.blob]);
  useEffect(() => () => URL.revokeObjectURL(url), [url]);
  const isPicture = /^image\/(png|jpeg|gif|webp)/.test(answer.type);
  const whole = answer.text.length === answer.blob.size || answer.blob.size < PARSED;
  const value = useMemo(() => (isPicture || !whole ? undefined : parsed(answer.text)), [answer]);
  const image = useMemo(() => (isPicture ? dataUrl(answer) : null), [answer]);
  return html`<section class="answer" aria-live="polite" aria-label="Answer">
    <p><strong>${answer.status}</strong> in ${Math.round(answer.ms)} ms, ${bytes(answer.blob.size)}${answer.cut ? `, ${answer.cut}` : ''}
      ${' '}<a href=${url} download=${isPicture ? 'answer' : 'answer.json'}>Download</a></p>
    ${image && html`<img src=${image} alt="The picture that the model answered with"/>`}
    ${value !== undefined && html`<${Value} value=${value} text=${answer.text}/>`}
    ${!isPicture && html`<details open=${value === undefined || typeof value !== 'number'}><summary>Text</summary>
      <pre tabindex="0" aria-label="Answer as text">${answer.text.slice(0, SHOWN_TEXT)}</pre>
      ${answer.blob.size > SHOWN_TEXT && html`<p class="faint">The first ${bytes(SHOWN_TEXT)} of ${bytes(answer.blob.size)}. The download has all.</p>`}</details>`}
  </section>`;
}

/** The policy of this page takes pictures of its own address and data: addresses, not blob: ones. */
function dataUrl({ bytesOf, type }) {
  if (!bytesOf || bytesOf.length > 8 << 20) return null;
  let text = '';
  for (let i = 0; i < bytesOf.length; i += 32768) text += String.fromCharCode(...bytesOf.subarray(i, i + 32768));
  return `data:${type.split(';')[0]};base64,${btoa(text)}`;
}
