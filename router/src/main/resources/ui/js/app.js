/** The page: its frame, and which view the address names. */
import { html, render, useEffect, useRef, useState } from '../vendor/preact.js';
import { token } from './http.js';
import { connect, mayChange, useLive } from './live.js';
import { Overview } from './overview.js';
import { Models } from './models.js';
import { Model } from './model.js';
import { Workers } from './workers.js';
import { Tasks } from './tasks.js';
import { Task } from './task.js';
import { Ensembles } from './ensembles.js';
import { Events } from './events.js';
import { TryIt } from './tryit.js';

const VIEWS = {
  '': ['Overview', Overview], models: ['Models', Models], workers: ['Workers', Workers], tasks: ['Tasks', Tasks],
  ensembles: ['Ensembles', Ensembles], events: ['Events', Events], try: ['Try it', TryIt],
};

/** #/models/AI/fib?search=f as {view, names, query} */
function read() {
  const [path, query] = location.hash.replace(/^#\/?/, '').split('?');
  const [view, ...names] = path.split('/').map(name => {
    try {
      return decodeURIComponent(name);
    } catch {
      return name;
    }
  });
  return { view: view === 'overview' ? '' : view, names: names.filter(Boolean), query: new URLSearchParams(query), key: location.hash };
}

function View({ place }) {
  if (place.view === 'models' && place.names.length === 2) return html`<${Model} key=${place.key} type=${place.names[0]} name=${place.names[1]}/>`;
  if (place.view === 'tasks' && place.names.length === 1) return html`<${Task} key=${place.key} id=${place.names[0]}/>`;
  const [, Found] = VIEWS[place.view] ?? [];
  return Found ? html`<${Found} key=${place.key} names=${place.names} query=${place.query}/>`
    : html`<p class="empty">There is no such page. <a href="#/">Overview</a></p>`;
}

const STATUS = {
  live: ['good', 'live'], polling: ['fair', 'no stream, figures every few seconds'], connecting: ['fair', 'connecting…'],
  away: ['bad', 'router away'], refused: ['bad', 'refused'],
};

/** Why there is nothing to see, where the router is away or wants a token. */
function Banner({ live }) {
  const [typed, setTyped] = useState('');
  const give = event => {
    event.preventDefault();
    token.set(typed);
    connect();
  };
  if (live.status === 'away') return html`<div class="away" role="alert">${live.trouble?.message} This page tries again by itself.
    If the router stays away, look at its machine: foretell router status</div>`;
  if (live.status !== 'refused') return null;
  return html`<div class="wrong" role="alert"><p>${live.trouble?.message}</p>
    ${live.trouble?.status === 401 && html`<form class="row" onSubmit=${give}>
      <input type="password" aria-label="Token of the router" autocomplete="off" value=${typed} onInput=${e => setTyped(e.target.value)}/>
      <button type="submit">Use this token</button></form>`}</div>`;
}

function Frame({ live, place }) {
  const [hue, word] = STATUS[live.status];
  return html`<header><nav aria-label="Views">
    <ul><li><strong>Foretell</strong></li><li><span role="status"><span class=${hue}>${word}</span>${live.overview && !mayChange(live) && ' · read-only'}</span></li></ul>
    <ul>${Object.entries(VIEWS).map(([view, [title]]) => html`<li><a href=${`#/${view}`}
      aria-current=${view === place.view ? 'page' : undefined}>${title}</a></li>`)}</ul></nav></header>`;
}

function Page() {
  const live = useLive();
  const [place, setPlace] = useState(read);
  const main = useRef(null);
  useEffect(() => {
    const go = () => {
      setPlace(read());
      main.current?.focus({ preventScroll: true });
      scrollTo(0, 0);
    };
    addEventListener('hashchange', go);
    return () => removeEventListener('hashchange', go);
  }, []);
  useEffect(() => {
    document.title = `${[...place.names].reverse().concat(VIEWS[place.view]?.[0] ?? []).join(' · ')} – Foretell`;
  }, [place]);
  const skip = event => { event.preventDefault(); main.current.focus(); };
  return html`<a class="skip" href="#main" onClick=${skip}>Skip to the content</a>
    <${Frame} live=${live} place=${place}/><${Banner} live=${live}/>
    <main id="main" ref=${main} tabindex="-1"><${View} place=${place}/></main>`;
}

connect();
render(html`<${Page}/>`, document.getElementById('app'));
