/** What the router tells by itself: one stream for the whole page, and the hook by which views follow it. */
import { useEffect, useState } from '../vendor/preact.js';
import { get } from './http.js';
import { follow } from './stream.js';

const KEPT_CHANGES = 200;
const KEPT_FIGURES = 90;

/** status: connecting, live, away or refused; turns: how often models, workers and events have changed. */
let state = {
  status: 'connecting', trouble: null, overview: null, figures: [], changes: [],
  turns: { models: 0, workers: 0, events: 0 },
};
const watchers = new Set();

function become(change) {
  state = { ...state, ...change };
  watchers.forEach(watch => watch(state));
}

const turned = name => ({ ...state.turns, [name]: state.turns[name] + 1 });

function takeOverview(overview) {
  become({ overview, figures: [...state.figures, overview].slice(-KEPT_FIGURES) });
}

function take(event) {
  if (event.name === 'overview') {
    takeOverview(JSON.parse(event.data));
  } else if (event.name === 'change') {
    const change = JSON.parse(event.data);
    if (state.changes.some(known => known.id === change.id)) return; // told again after a reconnect
    become({ changes: [change, ...state.changes].slice(0, KEPT_CHANGES), turns: turned('events') });
  } else if (event.name === 'skipped') {
    become({ changes: [], turns: turned('events') });
  } else if (event.name in state.turns) {
    become({ turns: turned(event.name) });
  }
}

/** Without a stream, the figures come with each new attempt, so a router with too many streams is still seen. */
async function askOnce(trouble) {
  try {
    takeOverview(await get('/v1/dashboard/overview'));
    become({ status: trouble.status === 503 ? 'polling' : 'connecting', trouble });
  } catch (e) {
    become({ status: e.status === 401 || e.status === 403 ? 'refused' : 'away', trouble: e });
  }
}

let stop = () => {};
let last;

/** Starts the stream, again where it runs: after a token was given, for example. A page that is not seen has none. */
export function connect() {
  stop();
  if (document.hidden) return;
  become({ status: 'connecting', trouble: null });
  stop = follow('/v1/dashboard/stream', {
    // What changed without a stream may be in no event that follows, so views load again.
    open: () => become({ status: 'live', trouble: null, turns: Object.fromEntries(Object.entries(state.turns).map(([name, turn]) => [name, turn + 1])) }),
    event: event => { last = event.id ?? last; take(event); },
    trouble: askOnce,
  }, last);
}

// A browser opens six connections to a router for all its pages. A hidden one would keep one of them.
document.addEventListener('visibilitychange', () => (document.hidden ? stop() : connect()));
addEventListener('pagehide', () => stop());
addEventListener('pageshow', event => event.persisted && connect());

/** The state now, and at each change. */
export function useLive() {
  const [now, setNow] = useState(state);
  useEffect(() => {
    setNow(state);
    watchers.add(setNow);
    return () => watchers.delete(setNow);
  }, []);
  return now;
}

/** Whether this viewer may change anything; the server decides again at each call. */
export const mayChange = live => live.overview?.role !== 'read-only';
