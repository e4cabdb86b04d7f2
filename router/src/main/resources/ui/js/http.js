/** Calls the router. What goes wrong is a Trouble with a sentence for a person. */

const TOKEN = 'foretell-token';

/** A failed call: its message is for people, its status 0 where the router did not answer. */
export class Trouble extends Error {
  constructor(message, status, problem = {}) {
    super(message);
    this.status = status;
    this.problem = problem;
  }
}

/** The router's token lives as long as this tab. */
export const token = {
  get: () => sessionStorage.getItem(TOKEN) ?? '',
  set: text => (text ? sessionStorage.setItem(TOKEN, text) : sessionStorage.removeItem(TOKEN)),
};

export function authorization() {
  return token.get() ? { Authorization: `Bearer ${token.get()}` } : {};
}

export const AWAY = 'The router does not answer.';

/** Where an answer is an error, its Trouble in the router's own words. */
export function troubleOf(status, text) {
  let problem = {};
  try {
    problem = JSON.parse(text);
  } catch {
    // not a problem document: a proxy's page, for example
  }
  const said = problem.detail ?? problem.error ?? problem.title ?? text.slice(0, 300);
  return new Trouble(`${said || 'no reason given'} (${[status, problem.code].filter(Boolean).join(' ')})`, status, problem);
}

/** The response, of any status; a Trouble where there is none. */
export async function exchange(method, path, { body, headers = {}, signal, patience = 15000 } = {}) {
  const late = AbortSignal.timeout(patience);
  try {
    return await fetch(path, {
      method, body, cache: 'no-store', headers: { ...authorization(), ...headers },
      signal: signal ? AbortSignal.any([signal, late]) : late,
    });
  } catch (e) {
    throw signal?.aborted ? e : new Trouble(late.aborted ? `No answer within ${patience / 1000} s.` : AWAY, 0);
  }
}

async function textOf(response) {
  try {
    return await response.text();
  } catch {
    throw new Trouble('The answer broke off half-way.', 0);
  }
}

/** The text of a successful answer. */
export async function text(method, path, options) {
  const response = await exchange(method, path, options);
  const said = await textOf(response);
  if (!response.ok) throw troubleOf(response.status, said);
  return said;
}

/** The JSON of a successful answer. */
export async function json(method, path, options = {}) {
  const said = await text(method, path, options);
  try {
    return said ? JSON.parse(said) : null;
  } catch {
    throw new Trouble(`The answer to ${path} is not JSON: is there another program between this page and the router?`, 502);
  }
}

export const get = (path, options) => json('GET', path, options);

/** Path segments of any text. */
export const path = (...names) => '/' + names.map(encodeURIComponent).join('/');

/** A query of those values that are there. */
export function query(values) {
  const there = Object.entries(values).filter(([, value]) => value !== '' && value != null);
  return there.length ? '?' + new URLSearchParams(there) : '';
}
