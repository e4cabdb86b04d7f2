/** One training task as it runs: progress, candidates, log. */
import { html, useEffect, useMemo, useState } from '../vendor/preact.js';
import { path, text } from './http.js';
import { foretell } from './commands.js';
import { asText, bytes, cut, score, when } from './format.js';
import { useLoad } from './load.js';
import { follow } from './stream.js';
import { Chart } from './chart.js';
import { Acts, Progress } from './tasks.js';
import { Facts, Shown, State, Table, Wrong } from './parts.js';

const LOG_SHOWN = 60000;

/** The task, told by its own stream while it has not ended. */
function useTask(id) {
  const [told, setTold] = useState({ task: null, trouble: null });
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    const stop = follow(path('v1', 'tasks', id, 'events'), {
      event: event => {
        const task = JSON.parse(event.data);
        setTold({ task, trouble: null });
        if (task.finished_ms) stop();
      },
      trouble: trouble => {
        setTold(old => ({ ...old, trouble }));
        if (trouble.status === 404) stop();
      },
    });
    return stop;
  }, [id, turn]);
  return { ...told, again: () => setTurn(n => n + 1) };
}

/** The search's candidates, the best first, and each score in the order of the candidates. */
function Leaderboard({ id, running }) {
  const load = useLoad(path('v1', 'tasks', id, 'leaderboard'), { every: running ? 3 : 0 });
  const board = load.value?.leaderboard ?? [];
  const scored = useMemo(() => board.filter(({ score }) => score != null).sort((a, b) => a.candidate - b.candidate), [load.value]);
  const xs = useMemo(() => scored.map(({ candidate }) => candidate), [scored]);
  const lines = useMemo(() => {
    let best = -Infinity;
    return [{ name: 'score', values: scored.map(({ score }) => score) }, { name: 'best so far', values: scored.map(({ score }) => (best = Math.max(best, score))) }];
  }, [scored]);
  if (load.trouble?.status === 404) return null;
  return html`<section><h2>Leaderboard</h2><${Shown} load=${load} empty=${{ when: () => !board.length, say: 'No candidate has been tried yet.' }}>${value => html`
    <${Chart} title=${`Score over candidates (${value.search?.scoring ?? 'score'})`} xs=${xs} lines=${lines} overTime=${false} point=${true} fromZero=${false}/>
    <${Table} caption="Candidates, the best first" heads=${['>Rank', '>Score', 'Algorithm', 'Parameters', 'Scaling', '>Folds', '>Generation']}>${board.map(one => html`
      <tr key=${one.candidate}><td class="n">${one.rank}</td><td class="n tight">${score(one.score)} ± ${score(one.deviation)}</td><td>${one.algorithm}</td>
        <td class="long">${cut(asText(one.parameters), 200)}</td><td>${one.scaling}</td><td class="n">${one.folds}</td><td class="n">${one.generation}</td></tr>`)}</${Table}>`}</${Shown}></section>`;
}

function Log({ id, running }) {
  const load = useLoad(path('v1', 'tasks', id, 'log'), { every: running ? 2 : 0, read: (url, options) => text('GET', url, options) });
  return html`<section><h2>Log</h2><${Wrong} trouble=${load.trouble}/>
    <pre tabindex="0" aria-label="Log" aria-live="off">${load.value ? load.value.slice(-LOG_SHOWN) : 'Nothing is written yet.'}</pre>
    <p class="faint"><code>${foretell('tasks', 'log', id)}</code></p></section>`;
}

export function Task({ id }) {
  const { task, trouble, again } = useTask(id);
  if (!task) return html`<h1>Task</h1>${trouble ? html`<${Wrong} trouble=${trouble} again=${again}/>` : html`<p aria-busy="true">Loading…</p>`}`;
  const running = !task.finished_ms;
  const served = task.result?.served;
  return html`<h1>${task.name || task.id}</h1><${Wrong} trouble=${trouble}/>
    <div class="row"><${State} state=${task.state}/><${Progress} of=${running ? task.progress : null}/>
      <${Acts} task=${task} done=${told => (told?.removed ? (location.hash = '#/tasks') : again())}/>
      ${task.state === 'SUCCEEDED' && html`<a href=${path('v1', 'tasks', id, 'model')} download=${`${task.name || id}.onnx`}>Download the model</a>`}
      ${served?.model && html`<a href=${`#${path('models', served.type ?? 'AI', served.model)}`}>Model ${served.model}</a>`}</div>
    ${[task.waits, task.error].map(why => why && html`<p class="wrong">${why}</p>`)}
    <${Facts} of=${[['Kind', task.kind], ['Parameters', cut(asText(task.parameters), 500)], ['Table', `${task.data?.name ?? ''} ${bytes(task.data?.bytes)}`], ['Trainer', task.trainer],
      ['Helped by', Object.entries(task.progress?.helped ?? {}).map(([name, trials]) => `${name} (trials: ${trials})`).join(', ')],
      ['Attempts', task.attempts], ['Queued', when(task.created_ms)], ['Started', task.started_ms && when(task.started_ms)], ['Ended', task.finished_ms && when(task.finished_ms)],
      ...Object.entries(task.result?.metrics ?? {}).map(([name, value]) => [name.replaceAll('_', ' '), score(value)])]}/>
    ${task.result && html`<details><summary>The whole result</summary><pre tabindex="0" aria-label="Result">${cut(JSON.stringify(task.result, null, 1), LOG_SHOWN)}</pre></details>`}
    ${task.kind === 'automl' && html`<${Leaderboard} id=${id} running=${running}/>`}<${Log} id=${id} running=${running}/>`;
}
