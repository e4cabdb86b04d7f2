/** One model: its calls, versions, traffic, workers and origin. */
import { html } from '../vendor/preact.js';
import { path } from './http.js';
import { foretell } from './commands.js';
import { figure, millis } from './format.js';
import { useLive } from './live.js';
import { useLoad } from './load.js';
import { Action } from './action.js';
import { Ensemble } from './ensembles.js';
import { History } from './overview.js';
import { Traffic } from './traffic.js';
import { Upload } from './upload.js';
import { Versions } from './versions.js';
import { WorkerTable } from './workers.js';
import { Facts, Shown, Wrong } from './parts.js';

/** Calls by how long they took; the last bucket has no bound. */
export function Latency({ of: { boundsMillis, counts } }) {
  const most = Math.max(...counts);
  if (!(most > 0)) return html`<p class="empty">No calls yet.</p>`;
  return html`<div class="bars" role="group" aria-label="Latency histogram">${counts.map((count, i) => {
    if (!count) return null;
    const name = i < boundsMillis.length ? `up to ${millis(boundsMillis[i])}` : `over ${millis(boundsMillis[i - 1])}`;
    return html`<span>${name}</span><progress value=${count} max=${most} aria-label=${`Calls that took ${name}`}></progress><span>${figure(count)}</span>`;
  })}</div>`;
}

const loading = (name, loaded, done) => ({
  label: loaded ? 'Unload' : 'Load', title: `${loaded ? 'Unload' : 'Load'} ${name}`,
  says: loaded ? 'Its calls are answered with 503 until it is loaded again. Versions and traffic stay.' : 'Hosts load it again.',
  method: 'POST', path: path('v2', 'repository', 'models', name, loaded ? 'unload' : 'load'), body: {}, done,
});

const remove = (name, done) => ({
  label: 'Remove', title: `Remove ${name} with all its versions`, says: 'Its files are deleted where nothing else needs them. It gets no calls any more.', method: 'DELETE',
  path: `${path('v1', 'models', name)}?force=true`, command: foretell('models', 'rm', name, '--force'), done,
});

function Registered({ name, turn }) {
  const model = useLoad(path('v1', 'models', name), { turn, every: 10 });
  const traffic = useLoad(path('v1', 'models', name, 'traffic'), { turn, every: 3 });
  const again = () => { model.again(); traffic.again(); };
  const gone = () => { location.hash = '#/models'; };
  return html`<${Shown} load=${model}>${value => html`
    <p>${value.description}</p><${Facts} of=${[['Replicas', value.replicas], ['Labels', Object.entries(value.labels ?? {}).map(([k, v]) => `${k}=${v}`).join(', ')], ['Loaded', value.loaded ? 'yes' : 'no']]}/>
    <div class="row"><${Action} act=${loading(name, value.loaded, again)}/><${Action} act=${remove(name, gone)} kind="outline secondary"/></div>
    <${Shown} load=${traffic}>${plan => html`<${Traffic} name=${name} plan=${plan} done=${again}/>`}</${Shown}>
    <${Versions} model=${value} done=${again}/><${Upload} model=${name} done=${again}/>`}</${Shown}>`;
}

export function Model({ type, name }) {
  const { turns } = useLive();
  const detail = useLoad(path('v1', 'dashboard', 'models', type, name), { turn: turns.models + turns.workers, every: 3 });
  const kind = detail.value?.kind;
  return html`<h1>${type}/${name}</h1><p><a href=${`#${path('try', type, name)}`}>Try it</a> · <a href=${`#/events?search=${encodeURIComponent(name)}`}>Its events</a></p>
    <${Wrong} trouble=${detail.trouble} again=${detail.again}/>${(detail.value || !detail.trouble) && html`
    ${kind === 'ensemble' && html`<${Ensemble} name=${name}/>`}
    ${kind === 'file' && html`<${Registered} name=${name} turn=${turns.models}/>`}
    <h2>Calls</h2><${History} model=${`${type}/${name}`}/>
    ${detail.value && html`<div class="two"><div><h2>Latency</h2><${Latency} of=${detail.value.latency}/></div>
      <div><h2>Calls since the router started</h2><${Facts} of=${Object.entries(detail.value.outcomes).sort(([a], [b]) => (b === 'ok') - (a === 'ok')).map(([what, n]) => [what.replaceAll('_', ' '), figure(n)])}/></div></div>
    <h2>Workers</h2>${detail.value.endpoints.length ? html`<${WorkerTable} items=${detail.value.endpoints} again=${detail.again} of=${true}/>`
      : html`<p class="empty">No worker of its own${kind === 'ensemble' ? ': its members have them' : ''}.</p>`}`}`}`;
}
