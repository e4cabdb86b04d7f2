/** What has changed, by whom, from where: searchable, the newest first. */
import { html, useState } from '../vendor/preact.js';
import { query } from './http.js';
import { asText, cut, time, when } from './format.js';
import { foretell } from './commands.js';
import { useLive } from './live.js';
import { useLater, useLoad } from './load.js';
import { Search, Shown, Table } from './parts.js';

const LIMIT = 100;

const newest = items => [...items].sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0));

const change = ({ before, after }) => (!before && !after ? '' : `${cut(asText(before), 120)} → ${cut(asText(after), 120)}`);

/** The rows of events. */
export const EventTable = ({ items }) => html`<${Table} caption="Events" heads=${['When', 'Kind', 'What', 'Before and after', 'Who']}>
  ${newest(items).map(event => html`<tr key=${event.id}><td class="tight" title=${when(event.at)}>${Date.now() - Date.parse(event.at) > 43200000 ? when(event.at) : time(event.at)}</td>
    <td>${event.kind}</td><td class="long">${event.what}</td><td class="long">${change(event)}</td>
    <td class="tight">${event.who ?? ''}${event.from ? html`<br/><small class="faint">${event.from}</small>` : ''}</td></tr>`)}</${Table}>`;

export function Events({ query: asked }) {
  const live = useLive();
  const [text, setText] = useState(asked.get('search') ?? '');
  const [limit, setLimit] = useState(LIMIT);
  const search = useLater(text);
  const load = useLoad(`/v1/events${query({ search, limit })}`, { turn: live.turns.events });
  return html`<h1>Events</h1><div class="row"><${Search} label="Search events" text=${text} set=${setText}/></div>
    <p class="faint">The same in a terminal: <code>${foretell('events', '--follow')}</code></p>
    <${Shown} load=${load} empty=${{ when: v => !v.items.length, say: search ? 'No event fits this search.' : 'Nothing has changed yet.' }}>
      ${value => html`<${EventTable} items=${value.items}/>
        ${value.items.length >= limit && limit < 1000 && html`<button type="button" class="outline" onClick=${() => setLimit(1000)}>Show up to 1,000</button>`}`}</${Shown}>`;
}
