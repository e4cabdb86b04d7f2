/**
 * Reads server-sent events by fetch and not by EventSource, which can neither send a token nor notice a connection that
 * has gone silent. It starts again with Last-Event-ID, after 0.5 to 10 s, until it is stopped.
 */
import { exchange, troubleOf, Trouble, AWAY } from './http.js';

const SILENCE = 30000;
const LONGEST_LINE = 4 << 20;

/** Splits the text of a stream into events as it arrives. */
export function eventParser(emit) {
  let rest = '';
  let event = { name: 'message', data: [], id: undefined };
  const line = text => {
    if (text === '') {
      if (event.data.length) emit({ ...event, data: event.data.join('\n') });
      event = { name: 'message', data: [], id: event.id };
      return;
    }
    const at = text.indexOf(':');
    const field = at < 0 ? text : text.slice(0, at);
    const value = at < 0 ? '' : text.slice(at + 1).replace(/^ /, '');
    if (field === 'event') event.name = value;
    else if (field === 'data') event.data.push(value);
    else if (field === 'id') event.id = value;
  };
  return chunk => {
    const lines = (rest + chunk).split(/\r\n|\n/);
    rest = lines.pop();
    if (rest.length > LONGEST_LINE) throw new Trouble('The stream sent a line without an end.', 502);
    lines.forEach(line);
  };
}

async function readOnce(path, last, signal, heard) {
  const headers = last ? { 'Last-Event-ID': last } : {};
  const quiet = new AbortController();
  let timer = setTimeout(() => quiet.abort(), SILENCE);
  try {
    const both = AbortSignal.any([signal, quiet.signal]);
    const response = await exchange('GET', path, { headers, signal: both, patience: 2 ** 31 - 1 });
    if (!response.ok) throw troubleOf(response.status, await response.text());
    const parse = eventParser(heard.event);
    heard.open();
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      clearTimeout(timer);
      timer = setTimeout(() => quiet.abort(), SILENCE);
      parse(piece.value);
    }
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Follows a stream until the returned function is called.
 * @param heard {event, open, trouble}: called with each event, at each start, and with the Trouble of each end
 * @param last id of the last event that is known already
 */
export function follow(path, heard, last) {
  const stopped = new AbortController();
  let pause = 500;
  const listener = {
    open: () => { pause = 500; heard.open?.(); },
    event: event => { last = event.id ?? last; heard.event(event); },
  };
  (async () => {
    while (!stopped.signal.aborted) {
      try {
        await readOnce(path, last, stopped.signal, listener);
        heard.trouble?.(new Trouble(AWAY, 0));
      } catch (e) {
        if (stopped.signal.aborted) return;
        heard.trouble?.(e instanceof Trouble ? e : new Trouble(AWAY, 0));
      }
      await new Promise(go => setTimeout(go, pause * (0.75 + Math.random() / 2)));
      pause = Math.min(pause * 2, 10000);
    }
  })();
  return () => stopped.abort();
}
