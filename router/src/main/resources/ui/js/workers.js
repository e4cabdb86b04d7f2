/** The workers: how they are, how they have been, and why one gets no calls. */
import { html, useState } from '../vendor/preact.js';
import { path, query } from './http.js';
import { foretell } from './commands.js';
import { figure, span, time } from './format.js';
import { useLive } from './live.js';
import { useLater, useLoad } from './load.js';
import { Action } from './action.js';
import { Register } from './register.js';
import { Pages, Search, Shown, State, Table, tone } from './parts.js';

const SIZE = 50;

/** Its states one after the other, each as wide as it was long. */
export function Strip({ of }) {
  if (!of?.length) return html`<span class="faint">–</span>`;
  const told = of.map(({ at, state }) => `${state} since ${time(at)}`).join(', ');
  return html`<div class="strip" role="img" aria-label=${told} title=${told}>${of.map(({ at, state }, i) => html`<i class=${tone(state)}
    style=${{ flexGrow: Math.max(1, (Date.parse(of[i + 1]?.at ?? new Date().toISOString()) - Date.parse(at)) / 1000) }}></i>`)}</div>`;
}

function drain(worker, again) {
  const route = path('v1', 'workers', worker.id, 'drain');
  const draining = worker.state === 'DRAINING';
  return draining
    ? { label: 'Undrain', title: `Undrain ${worker.id}`, says: 'New calls go to this worker again.', method: 'DELETE', path: route,
      command: foretell('routes', 'undrain', worker.id), done: again }
    : { label: 'Drain', title: `Drain ${worker.id}`, says: 'No new calls go to this worker, at any router, until undrain. Calls in flight finish.',
      method: 'POST', path: route, command: foretell('routes', 'drain', worker.id), done: again };
}

const remove = ({ type, model, id }, again) => ({
  label: 'Remove', title: `Remove ${id} from ${type}/${model}`, says: 'It leaves the map. A worker that registers itself comes back with its next heartbeat.',
  method: 'DELETE', path: path('v1', 'model_workers_map', type, model, id), command: foretell('routes', 'rm', `${type}/${model}/${id}`), done: again,
});

/** How much of its share of calls it gets while it is warming up. */
const warmth = (state, percent) => (percent == null || percent >= 100 || !['READY', 'WARMING'].includes(state) ? '' : ` at ${percent} % of its share`);

function Row({ worker, again, of }) {
  const { type, model, id, state, why } = worker;
  return html`<tr><td>${id}<br/><small class="faint">${worker.host}:${worker.port}</small></td>
    ${!of && html`<td><a href=${`#${path('models', type, model.split(':')[0])}`}>${type}/${model}</a></td>`}
    <td><${State} state=${state}/>${!why && warmth(state, worker.warmUpShare)}${why && html`<br/><small class="why">${why}</small>`}</td>
    <td><${Strip} of=${worker.strip}/></td>
    <td class="n">${figure(worker.inFlight)}</td><td class="n">${figure(worker.callsPerSecond)}</td>
    <td class="n tight">${worker.leaseSecondsLeft == null ? 'none' : span(worker.leaseSecondsLeft)}</td>
    <td class="tight"><span class="row"><${Action} act=${drain(worker, again)}/>${!model.includes(':') && html`<${Action} act=${remove(worker, again)} kind="outline secondary"/>`}</span></td></tr>`;
}

/** The rows of workers, of all models or of one. */
export function WorkerTable({ items, again, of }) {
  const heads = ['Worker', !of && 'Model', 'State', 'Lately', '>In flight', '>Calls/s', '>Lease', 'Do'].filter(Boolean);
  return html`<${Table} caption="Workers" heads=${heads}>
    ${items.map(worker => html`<${Row} key=${`${worker.type}/${worker.model}/${worker.id}`} worker=${worker} again=${again} of=${of}/>`)}</${Table}>`;
}

export function Workers({ query: asked }) {
  const live = useLive();
  const [text, setText] = useState(asked.get('search') ?? '');
  const [page, go] = useState(1);
  const search = useLater(text);
  const load = useLoad(`/v1/dashboard/workers${query({ search, page, size: SIZE })}`, { turn: live.turns.workers, every: 5 });
  const find = text => { setText(text); go(1); };
  return html`<h1>Workers</h1><div class="row"><${Search} label="Search workers, models and states" text=${text} set=${find}/></div>
    <${Shown} load=${load} empty=${{ when: v => !v.items.length, say: search ? 'No worker fits this search.'
      : html`No worker is registered here. Start one: <code>${foretell('worker', 'fib=examples/Predict.java::predict')}</code>` }}>${value => html`
      <${WorkerTable} items=${value.items} again=${load.again}/><${Pages} page=${page} size=${value.size ?? SIZE} total=${value.total} go=${go}/>`}</${Shown}>
    <${Register} done=${load.again}/>`;
}
