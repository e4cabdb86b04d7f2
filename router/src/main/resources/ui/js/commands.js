/** The same thing typed in a terminal: curl and foretell. */
import { token } from './http.js';

/** One word of a shell. */
export const quoted = text => (/^[A-Za-z0-9._/:=@%+,-]+$/.test(text) ? text : `'${String(text).replaceAll("'", "'\\''")}'`);

/** A curl call of a route of this router. */
export function curl(method, path, body, file) {
  const words = ['curl'];
  if (method !== 'GET' && !(method === 'POST' && body !== undefined) && !file) words.push('-X', method);
  if (token.get()) words.push('-H', '"Authorization: Bearer $FORETELL_TOKEN"');
  if (file) words.push('-T', quoted(file));
  words.push(quoted(location.origin + path));
  if (body !== undefined) words.push('-d', quoted(body));
  return words.join(' ');
}

/** A foretell command at this router. */
export const foretell = (...words) => ['foretell', ...words.map(quoted), '--router', location.origin].join(' ');
