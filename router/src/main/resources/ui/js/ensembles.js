/** Ensembles: their rules and members; a call tells the spread and who was late. */
import { html, useState } from '../vendor/preact.js';
import { json, path } from './http.js';
import { foretell } from './commands.js';
import { asText, cut, figure, millis } from './format.js';
import { useLive } from './live.js';
import { useLoad } from './load.js';
import { Action } from './action.js';
import { Facts, Shown, Table, Wrong } from './parts.js';

const remove = (name, done) => ({
  label: 'Remove', title: `Remove the ensemble ${name}`, says: 'Its members stay.', method: 'DELETE', path: path('v1', 'ensembles', name), command: foretell('ensembles', 'rm', name), done,
});

/** One call with X-Ensemble-Members: what each member said and how long it took. */
function Members({ ensemble }) {
  const [typed, setTyped] = useState('{}');
  const [seen, setSeen] = useState(null);
  const [trouble, setTrouble] = useState(null);
  const call = async event => {
    event.preventDefault();
    try {
      setSeen(await json('POST', `/v1/${encodeURIComponent(ensemble.type)}_model/${encodeURIComponent(ensemble.name)}/predict`,
        { body: typed, headers: { 'Content-Type': 'application/json', 'X-Ensemble-Members': '1' }, patience: 60000 }));
      setTrouble(null);
    } catch (e) {
      setTrouble(e);
    }
  };
  return html`<form class="row" onSubmit=${call}><input aria-label="Arguments as JSON" value=${typed} onInput=${e => setTyped(e.target.value)}/><button type="submit">Call its members</button></form>
    <${Wrong} trouble=${trouble}/>
    ${seen && html`<${Facts} of=${[['Answer', cut(asText(seen.answer), 500)], ['Spread', asText(seen.spread)]]}/>
      <${Table} caption="Members of this call" heads=${['Member', 'Model', '>Weight', '>Time', 'Answer']}>${seen.members.map(one => html`<tr><td>${one.name}</td><td>${one.model}</td>
        <td class="n">${figure(one.weight)}</td><td class="n tight">${millis(one.ms)}</td>
        <td class="long">${one.code ? html`<span class="bad">${one.code === 'DEADLINE_EXCEEDED' ? 'late' : one.code}: ${one.detail}</span>` : cut(asText(one.answer), 300)}</td></tr>`)}</${Table}>`}`;
}

/** @param name of the ensemble */
export function Ensemble({ name }) {
  const load = useLoad(path('v1', 'ensembles', name), { every: 10 });
  return html`<${Shown} load=${load}>${of => html`<p>${of.description}</p>
    ${of.missing?.length > 0 && html`<p class="wrong" role="alert">Gone: ${of.missing.join(', ')}. ${of.onMissing === 'fail' ? 'Its calls fail.' : `The others are merged as long as ${of.quorum} answer.`}</p>`}
    <${Facts} of=${[['Merges by', of.merge], ['Quorum', `${of.quorum} of ${of.members.length}`], ['Where one is missing', of.onMissing], ['Deadline of members', of.deadlineMs && millis(of.deadlineMs)]]}/>
    <${Table} caption="Members" heads=${['Member', 'Model', '>Weight', '>Deadline', 'Output']}>${of.members.map(member => html`<tr><td>${member.name}</td>
      <td><a href=${`#${path('models', member.type, member.model.split(':')[0])}`}>${member.type}/${member.model}</a></td><td class="n">${figure(member.weight)}</td>
      <td class="n">${member.deadlineMs ? millis(member.deadlineMs) : 'the call’s'}</td><td>${member.output ?? 'all'}</td></tr>`)}</${Table}>
    <div class="row"><${Action} act=${remove(name, () => { location.hash = '#/ensembles'; })} kind="outline secondary"/></div>
    <h2>Who is late, and how far apart they are</h2><${Members} ensemble=${of}/>`}</${Shown}>`;
}

export function Ensembles() {
  const { turns } = useLive();
  const load = useLoad('/v1/ensembles', { turn: turns.models, every: 10 });
  const none = html`There are no ensembles. Make one: <code>${foretell('ensembles', 'put', 'all', '--merge', 'mean', 'fib', 'other')}</code>`;
  return html`<h1>Ensembles</h1><${Shown} load=${load} empty=${{ when: v => !v.ensembles.length, say: none }}>${value => html`
    <${Table} caption="Ensembles" heads=${['Ensemble', 'Merges by', 'Members', '>Quorum', 'Do']}>${value.ensembles.map(of => html`<tr key=${of.name}>
      <td><a href=${`#${path('models', of.type, of.name)}`}>${of.type}/${of.name}</a></td><td>${of.merge}</td>
      <td class="long">${of.members.map(({ name }) => name).join(', ')}${of.missing?.length > 0 && html`<br/><small class="bad">gone: ${of.missing.join(', ')}</small>`}</td>
      <td class="n">${of.quorum}</td><td class="tight"><a href=${`#${path('try', of.type, of.name)}`}>Try it</a></td></tr>`)}</${Table}>`}</${Shown}>`;
}
