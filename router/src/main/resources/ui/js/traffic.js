/** Which version gets which share of the calls, with what is known of each, of the canary and of the shadow. */
import { html, useState } from '../vendor/preact.js';
import { path } from './http.js';
import { foretell } from './commands.js';
import { asText, figure, millis } from './format.js';
import { Action } from './action.js';
import { Table } from './parts.js';
import { ofAll, shift, withShare } from './weights.js';

const words = weights => Object.entries(weights).map(([version, share]) => `${version}=${share}`);

function split(name, plan, weights, done) {
  const shares = withShare(weights);
  const canary = plan.canary && shares[plan.canary.version] ? { canary: plan.canary } : {};
  const shadow = plan.shadow ? { shadow: plan.shadow } : {};
  const more = [...(canary.canary ? ['--canary', String(plan.canary.version)] : []), ...(shadow.shadow ? ['--shadow', `${plan.shadow.version}=${plan.shadow.percent}`] : [])];
  return {
    label: 'Split', title: `Split the calls of ${name}`, says: `From ${words(plan.weights).join(' %, ')} % to ${words(shares).join(' %, ')} %, once hosts have the versions ready.`,
    method: 'PUT', path: path('v1', 'models', name, 'traffic'), body: { weights: shares, ...canary, ...shadow, expect: plan.weights },
    command: foretell('models', 'split', name, ...words(shares), ...more), done,
  };
}

/** All calls to the version that has had most of them; none where there is nothing to roll back. */
export function rollBack(name, plan, done) {
  const watched = plan.canary?.version;
  const shares = Object.entries(plan.weights).map(([version, share]) => [Number(version), share]);
  const older = Object.keys(plan.versions ?? {}).map(Number).filter(version => version < Math.min(...shares.map(([each]) => each)));
  const stable = shares.length > 1
    ? shares.filter(([version]) => version !== watched).sort((a, b) => b[1] - a[1] || a[0] - b[0])[0]?.[0]
    : Math.max(...older);
  if (!Number.isFinite(stable)) return null;
  return {
    label: 'Roll back', title: `Roll back ${name} to version ${stable}`, says: `Version ${stable} gets all calls of ${name}.`,
    method: 'POST', path: path('v1', 'models', name, 'promote'), body: { version: stable }, command: foretell('models', 'promote', name, String(stable)), done,
  };
}

function Shares({ name, plan, done }) {
  const kept = ofAll(Object.keys(plan.versions ?? plan.weights), plan.weights);
  const saved = JSON.stringify(kept);
  const [moved, setMoved] = useState({});
  const weights = moved.from === saved ? moved.weights : kept;
  const setWeights = next => setMoved({ from: saved, weights: next });
  const versions = Object.keys(weights);
  const changed = JSON.stringify(weights) !== saved;
  const back = rollBack(name, plan, done);
  if (versions.length === 1 && kept[versions[0]] === 100) return html`<p class="faint">Version ${versions[0]} is the only one and gets all calls.</p>`;
  return html`<div class="shares" role="group" aria-label="Shares of the calls">${versions.map(version => html`<div class="share" key=${version}>
      <span>Version ${version}</span>
      <input type="range" min="0" max="100" aria-label=${`Share of version ${version} in percent`} disabled=${versions.length === 1}
        value=${weights[version]} onInput=${e => setWeights(shift(weights, version, e.target.value))}/>
      <output aria-label=${`Share of version ${version}`}>${weights[version]} %</output></div>`)}</div>
    <div class="row"><${Action} act=${split(name, plan, weights, done)} off=${changed ? '' : 'Move a slider first'} kind=""/>
      ${changed && html`<button type="button" class="secondary" onClick=${() => setWeights(kept)}>As it was</button>`}
      ${back && html`<${Action} act=${back}/>`}</div>`;
}

const share = part => `${figure(part * 100)} %`;

/** What the watch over the canary has seen so far, in words. */
function canaryWords({ canary, versions }) {
  const seen = versions?.[canary.version];
  const least = canary.atLeastCalls ?? 200;
  const watch = `is rolled back if its calls fail by more than ${share(canary.errorRatio ?? 0.05)} more than the others', or its p95 is over ${canary.p95Ratio ?? 2} times theirs`;
  if (!seen || seen.calls < least) return `Version ${canary.version} has had ${seen?.calls ?? 0} of the ${least} calls after which it is judged; it ${watch}.`;
  return `Version ${canary.version} holds after ${seen.calls} calls (${share(seen.failed / seen.calls)} failed, p95 ${millis(seen.p95_ms)}); it ${watch}.`;
}

function Verdicts({ plan }) {
  const seen = plan.shadowed;
  return html`${plan.note && html`<p class="wrong" role="note">${plan.note}</p>`}
    ${plan.canary && html`<p><strong>Canary.</strong> ${canaryWords(plan)}</p>`}
    ${plan.shadow && html`<p><strong>Shadow.</strong> Version ${plan.shadow.version} gets a copy of ${plan.shadow.percent} % of the calls.
      ${seen && ` ${seen.compared} responses compared, ${seen.disagreed} disagreed (${share(seen.disagreement)}), ${seen.failed} failed, ${seen.dropped} dropped.`}</p>
      ${seen?.largest?.length > 0 && html`<${Table} caption="Largest differences" heads=${['Difference', 'At', 'Request']}>${seen.largest.map(one => html`
        <tr><td>${asText(one.magnitude)}</td><td class="long">${one.at}</td><td>${one.requestId}</td></tr>`)}</${Table}>`}`}`;
}

/** @param plan what the router answers for a model's traffic */
export function Traffic({ name, plan, done }) {
  return html`<section><h2>Traffic</h2><${Shares} name=${name} plan=${plan} done=${done}/><${Verdicts} plan=${plan}/>
    <${Table} caption="Calls by version" heads=${['Version', '>Share', '>Calls', '>Failed', '>Refused', '>p95']}>${Object.entries(plan.versions ?? {}).map(([version, seen]) => html`
      <tr><td>${version}</td><td class="n">${seen.weight} %</td><td class="n">${figure(seen.calls)}</td><td class="n">${figure(seen.failed)}</td>
        <td class="n">${figure(seen.refused)}</td><td class="n">${millis(seen.calls ? seen.p95_ms : null)}</td></tr>`)}</${Table}></section>`;
}
