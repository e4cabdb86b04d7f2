/** The models, paged and searched by the server, and the way to upload one. */
import { html, useState } from '../vendor/preact.js';
import { path, query } from './http.js';
import { figure, millis } from './format.js';
import { foretell } from './commands.js';
import { useLive } from './live.js';
import { useLater, useLoad } from './load.js';
import { Upload } from './upload.js';
import { Pages, Search, Shown, State, Table } from './parts.js';

const SIZE = 50;
const HEADS = ['Model', 'Kind', 'Versions', 'State', '>Calls/s', '>Errors/s', '>p99', '>Workers', 'Do'];

const names = aliases => Object.entries(aliases ?? {}).map(([alias, version]) => `${alias} = ${version}`).join(', ');

const Row = ({ model: { type, model, kind, versions, aliases, state, callsPerSecond, errorsPerSecond, p99Millis, workers } }) => html`
  <tr><td><a href=${`#${path('models', type, model)}`}>${type}/${model}</a></td><td>${kind}</td>
    <td>${(versions ?? []).join(', ')}${names(aliases) && html`<br/><small class="faint">${names(aliases)}</small>`}</td>
    <td><${State} state=${state}/></td><td class="n">${figure(callsPerSecond)}</td>
    <td class=${`n ${errorsPerSecond > 0 ? 'bad' : ''}`}>${figure(errorsPerSecond)}</td><td class="n tight">${millis(p99Millis)}</td>
    <td class="n tight">${workers ? `${workers.ready} of ${workers.total}` : ''}</td>
    <td class="tight"><a href=${`#${path('try', type, model)}`}>Try it</a></td></tr>`;

export function Models({ query: asked }) {
  const live = useLive();
  const [text, setText] = useState(asked.get('search') ?? '');
  const [page, go] = useState(1);
  const search = useLater(text);
  const load = useLoad(`/v1/dashboard/models${query({ search, page, size: SIZE })}`, { turn: live.turns.models, every: 5 });
  const find = typed => { setText(typed); go(1); };
  const none = search ? 'No model fits this search.' : html`No model is served yet. Upload one below, or start a worker:
    <code>${foretell('worker', 'fib=examples/Predict.java::predict')}</code>`;
  return html`<h1>Models</h1><div class="row"><${Search} label="Search models" text=${text} set=${find}/></div>
    <${Shown} load=${load} empty=${{ when: v => !v.items.length, say: none }}>${value => html`
      <${Table} caption="Models" heads=${HEADS}>${value.items.map(model => html`<${Row} key=${`${model.type}/${model.model}`} model=${model}/>`)}</${Table}>
      <${Pages} page=${page} size=${value.size ?? SIZE} total=${value.total} go=${go}/>`}</${Shown}>
    <${Upload} done=${load.again}/>`;
}
