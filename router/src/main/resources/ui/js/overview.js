/** At one glance: what is wrong, how fast it goes, and the last 24 hours. */
import { html, useMemo, useState } from '../vendor/preact.js';
import { date, figure, millis, span, time } from './format.js';
import { useLive } from './live.js';
import { useLoad } from './load.js';
import { Chart } from './chart.js';
import { Shown } from './parts.js';

const SPANS = { '1m': 5, '10m': 10, '1h': 60, '24h': 300 };

const total = kinds => Object.values(kinds ?? {}).reduce((a, b) => a + b, 0);

const Card = ({ name, value, more }) => html`<div><span class="faint">${name}</span><b>${value}</b>${more && html`<small>${more}</small>`}</div>`;

function Figures({ of }) {
  const kinds = Object.entries(of.errorsPerSecond ?? {}).filter(([, n]) => n > 0);
  return html`<div class="cards" role="group" aria-label="Now">
    <${Card} name="Calls/s" value=${figure(of.callsPerSecond)}/>
    <${Card} name="Errors/s" value=${figure(total(of.errorsPerSecond))} more=${kinds.map(([kind, n]) => `${kind.toLowerCase().replaceAll('_', ' ')} ${figure(n)}`).join(', ')}/>
    <${Card} name="p50" value=${millis(of.p50Millis)}/>
    <${Card} name="p99" value=${millis(of.p99Millis)}/>
    <${Card} name="In flight" value=${figure(of.inFlight)}/>
    <${Card} name="Shed/s" value=${figure(of.shedPerSecond)}/>
    <${Card} name="Models" value=${figure(of.models)}/>
    <${Card} name="Workers" value=${figure(of.workers)}/></div>
    <p class="faint">Router up for ${span(of.uptimeSeconds)}</p>`;
}

/** A view as a link within this page; any other address of the router as it is. */
const place = whereTo => whereTo.replace(/^\/ui\/?(?=#)/, '');

function Problems({ of }) {
  if (!of.length) return html`<p class="good" role="status">Nothing is wrong.</p>`;
  return html`<ul aria-label="Problems">${of.map(problem => html`<li><strong class=${problem.severity === 'warning' ? 'fair' : 'bad'}>${problem.what}</strong>
    : ${problem.action}. <a href=${place(problem.whereTo)}>Show</a></li>`)}</ul>`;
}

/** The series of the rings as what the charts take. */
export function lines(history) {
  const from = date(history.from)?.getTime() / 1000;
  const series = history.series;
  const xs = series.calls.map((_, i) => from + i * history.stepSeconds);
  return {
    xs,
    rates: [{ name: 'calls', values: series.calls }, { name: 'errors', values: series.errors }, { name: 'shed', values: series.shed }],
    times: [{ name: 'p50', values: series.p50Millis }, { name: 'p99', values: series.p99Millis }],
    flight: [{ name: 'in flight', values: series.inFlight }],
  };
}

function Charts({ history }) {
  const of = useMemo(() => lines(history), [history]);
  return html`<div class="charts">
    <${Chart} title="Calls per second" xs=${of.xs} lines=${of.rates}/>
    <${Chart} title="Latency" xs=${of.xs} lines=${of.times} unit=" ms"/>
    <${Chart} title="In flight" xs=${of.xs} lines=${of.flight}/></div>`;
}

/** The charts of all models together, or of one. */
export function History({ model }) {
  const [chosen, choose] = useState('10m');
  const url = `/v1/dashboard/history?span=${chosen}${model ? `&model=${encodeURIComponent(model)}` : ''}`;
  const load = useLoad(url, { every: SPANS[chosen] });
  return html`<section><fieldset class="span"><legend class="unseen">Time span</legend>${Object.keys(SPANS).map(each => html`<label>
      <input type="radio" name="span" value=${each} checked=${each === chosen} onChange=${() => choose(each)}/>${each}</label>`)}</fieldset>
    <${Shown} load=${load}>${history => html`<${Charts} key=${chosen} history=${history}/>`}</${Shown}></section>`;
}

export function Overview() {
  const { overview, status } = useLive();
  const away = status === 'away' || status === 'refused';
  return html`<h1>Overview</h1>${overview && away && html`<p class="bad">As it was at ${time(overview.now)}, before the router was away.</p>`}
    ${overview ? html`<${Figures} of=${overview}/>${!away && html`<h2>What is wrong</h2><${Problems} of=${overview.problems ?? []}/>`}`
      : html`<p aria-busy="true">Waiting for the router…</p>`}
    <h2>History</h2><${History}/>`;
}
