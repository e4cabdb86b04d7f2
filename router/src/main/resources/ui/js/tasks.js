/** Training tasks: the queue, what runs, and what came of it. */
import { html, useState } from '../vendor/preact.js';
import { path, query } from './http.js';
import { foretell } from './commands.js';
import { cut, score, span, when } from './format.js';
import { useLive } from './live.js';
import { useLoad } from './load.js';
import { Action } from './action.js';
import { Shown, State, Table } from './parts.js';

const STATES = ['', 'QUEUED', 'RUNNING', 'SUCCEEDED', 'FAILED', 'CANCELLED'];
const LIMIT = 50;

/** What may be done with a task in its state. */
export function Acts({ task, done }) {
  const name = task.name || task.id;
  const act = (label, says, word, method, ...more) => ({
    label, title: `${label} ${name}`, says, method, path: path('v1', 'tasks', task.id, ...more), command: foretell('tasks', word, task.id), done });
  const all = !task.finished_ms ? [act('Cancel', 'It ends at once; its process is killed.', 'cancel', 'POST', 'cancel')]
    : [task.state !== 'SUCCEEDED' && act('Retry', 'It waits for a trainer again.', 'retry', 'POST', 'retry'), act('Delete', 'A model that it registered stays.', 'rm', 'DELETE')];
  return all.map((each, i) => each && html`<${Action} key=${each.label} act=${each} kind=${i ? 'outline secondary' : 'outline'}/>`);
}

/** How far it has come: a share where there is one, and the step in words. */
export function Progress({ of }) {
  if (!of) return null;
  const { done, step, left_ms: left, ...more } = of;
  return html`${done != null && html`<progress value=${done} aria-label="Progress"></progress>`}
    <small>${[step, ...Object.entries(more).filter(([, v]) => typeof v !== 'object').map(([k, v]) => `${k} ${score(v)}`), left && `${span(left / 1000)} left`].filter(Boolean).join(', ')}</small>`;
}

function Row({ task, again }) {
  return html`<tr><td><a href=${`#${path('tasks', task.id)}`}>${task.name || task.id}</a></td><td>${task.kind}</td>
    <td><${State} state=${task.state}/></td><td>${task.waits || task.error ? html`<small class="bad why">${cut(task.waits ?? task.error, 200)}</small>` : html`<${Progress} of=${task.progress}/>`}</td>
    <td>${task.serve?.model ?? ''}</td><td class="tight">${when(task.created_ms)}</td>
    <td class="tight"><span class="row"><${Acts} task=${task} done=${again}/></span></td></tr>`;
}

export function Tasks() {
  const { turns } = useLive();
  const [state, setState] = useState('');
  const [pages, setPages] = useState(['']);
  const load = useLoad(`/v1/tasks${query({ state, limit: LIMIT, after: pages[pages.length - 1] })}`, { turn: turns.events, every: 3 });
  const choose = chosen => { setState(chosen); setPages(['']); };
  return html`<h1>Tasks</h1><fieldset class="span"><legend class="unseen">State</legend>${STATES.map(each => html`<label><input type="radio" name="state"
      checked=${each === state} onChange=${() => choose(each)}/>${each ? each.toLowerCase() : 'all'}</label>`)}</fieldset>
    <${Shown} load=${load} empty=${{ when: v => !v.tasks.length, say: html`No ${state ? state.toLowerCase() : ''} tasks. Queue one: <code>${foretell('tasks', 'run', '--data', 'examples/iris.csv', '--target', 'species', '--algorithm', 'decision-tree', '--serve', 'iris')}</code>` }}>${value => html`
      <${Table} caption="Tasks, the newest first" heads=${['Task', 'Kind', 'State', 'Progress', 'Serves', 'Queued', 'Do']}>
        ${value.tasks.map(task => html`<${Row} key=${task.id} task=${task} again=${load.again}/>`)}</${Table}>
      <nav class="pages" aria-label="Pages"><button type="button" class="outline" disabled=${pages.length === 1} onClick=${() => setPages(pages.slice(0, -1))}>Newer</button>
        <button type="button" class="outline" disabled=${!value.next} onClick=${() => setPages([...pages, value.next])}>Older</button></nav>`}</${Shown}>`;
}
