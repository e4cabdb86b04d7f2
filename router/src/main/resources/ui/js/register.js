/** A form that puts one worker into the map by hand. */
import { html, useState } from '../vendor/preact.js';
import { foretell, quoted } from './commands.js';
import { Action } from './action.js';

const FIELDS = [['type', 'Model type', 'AI'], ['model', 'Model', ''], ['host', 'Host', '127.0.0.1'], ['port', 'Port', ''], ['function', 'Function, if it has several', '']];

export function Register({ done }) {
  const [typed, setTyped] = useState(Object.fromEntries(FIELDS.map(([name, , first]) => [name, first])));
  const worker = { host: typed.host, port: Number(typed.port), ...(typed.function ? { function: typed.function } : {}) };
  const missing = FIELDS.slice(0, 4).find(([name]) => !typed[name].trim());
  const off = missing ? `${missing[1]} is missing` : Number.isInteger(worker.port) ? '' : 'The port is not a number';
  const act = {
    label: 'Register', title: `Register a worker of ${typed.type}/${typed.model}`, says: 'The router probes it and sends it calls once it answers.',
    method: 'PUT', path: '/v1/model_workers_map', body: { [typed.type]: { [typed.model]: [worker] } },
    done,
  };
  act.command = `${foretell('routes', 'put', '-')} <<< ${quoted(JSON.stringify(act.body))}`;
  return html`<details><summary>Register a worker by hand</summary><div class="row">${FIELDS.map(([name, title]) => html`<label>${title}
      <input name=${name} value=${typed[name]} autocomplete="off" onInput=${e => setTyped({ ...typed, [name]: e.target.value })}/></label>`)}</div>
    <div class="row"><${Action} act=${act} off=${off} kind=""/><small class="faint">${off}</small></div></details>`;
}
