/** Small pieces that all views share: the states of a page, tables, pages of a list, notes. */
import { html } from '../vendor/preact.js';

/** What went wrong, and how to try again. */
export const Wrong = ({ trouble, again }) => trouble && html`
  <div class="wrong" role="alert"><span>${trouble.message}</span>
    ${again && html`<button type="button" class="outline" onClick=${again}>Try again</button>`}</div>`;

/** Loading, wrong, empty or there. */
export function Shown({ load, empty, children }) {
  const { value, trouble, again } = load;
  if (value == null) return trouble ? html`<${Wrong} trouble=${trouble} again=${again}/>` : html`<p aria-busy="true">Loading…</p>`;
  const nothing = empty && empty.when(value);
  return html`<${Wrong} trouble=${trouble} again=${again}/>${nothing ? html`<p class="empty">${empty.say}</p>` : children(value)}`;
}

/** A table that scrolls by itself, so that a phone's page does not; a head that starts with > is over numbers. */
export const Table = ({ caption, heads, children }) => html`
  <div class="scroll" tabindex="0" role="region" aria-label=${caption}>
    <table><caption class="unseen">${caption}</caption>
      <thead><tr>${heads.map(head => (String(head).startsWith('>')
        ? html`<th scope="col" class="n">${head.slice(1)}</th>` : html`<th scope="col">${head}</th>`))}</tr></thead>
      <tbody>${children}</tbody></table></div>`;

/** The way through the pages of a list that the server cuts. */
export function Pages({ page, size, total, go }) {
  const last = Math.max(1, Math.ceil(total / size));
  if (last === 1) return html`<p class="faint">${total} in all</p>`;
  return html`<nav class="pages" aria-label="Pages">
    <button type="button" class="outline" disabled=${page <= 1} onClick=${() => go(page - 1)}>Back</button>
    <span>Page ${page} of ${last}, ${total} in all</span>
    <button type="button" class="outline" disabled=${page >= last} onClick=${() => go(page + 1)}>Next</button></nav>`;
}

const GOOD = ['READY', 'SERVING', 'SUCCEEDED'];
const BAD = ['DOWN', 'LOST', 'FAILED', 'EJECTED'];

export function tone(state) {
  const word = String(state).toUpperCase();
  return GOOD.includes(word) ? 'good' : BAD.includes(word) ? 'bad' : 'fair';
}

/** A state as a word with a colour; the word alone says it too. */
export const State = ({ state }) => html`<span class=${`state ${tone(state)}`}>${state ?? '–'}</span>`;

/** A name and its value. */
export const Facts = ({ of }) => html`<dl class="facts">${of.filter(([, value]) => value != null && value !== '').map(([name, value]) =>
  html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;

/** A text to be copied. */
export function Code({ text, label }) {
  const copy = event => {
    const button = event.currentTarget;
    const told = ok => { button.textContent = ok ? 'Copied' : 'Select and copy it yourself'; };
    navigator.clipboard ? navigator.clipboard.writeText(text).then(() => told(true), () => told(false)) : told(false);
  };
  return html`<figure class="code"><figcaption>${label} <button type="button" class="outline" aria-label=${`Copy: ${label}`}
    onClick=${copy}>Copy</button></figcaption><pre tabindex="0" aria-label=${label}><code>${text}</code></pre></figure>`;
}

/** A search that the server answers. */
export const Search = ({ label, text, set }) => html`
  <input type="search" aria-label=${label} placeholder=${label} value=${text} maxlength="200" onInput=${e => set(e.target.value)}/>`;
