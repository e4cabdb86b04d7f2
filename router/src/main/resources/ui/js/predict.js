/** Makes one predict call and reads its answer within bounds, as far as it has come where it is stopped. */
import { exchange, Trouble } from './http.js';

const MOST = 64 << 20;
const TEXT = 1 << 20;

function joined(chunks, most) {
  const all = new Uint8Array(Math.min(most, chunks.reduce((sum, chunk) => sum + chunk.length, 0)));
  let at = 0;
  for (const chunk of chunks) {
    if (at >= all.length) break;
    const piece = chunk.subarray(0, all.length - at);
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}

/** @returns {blob, text, bytesOf, type, status, ms, cut}; a Trouble where there is no answer at all */
export async function predict({ path, body, type, headers }, signal) {
  const began = performance.now();
  const response = await exchange('POST', path, { body, headers: { 'Content-Type': type, ...headers }, signal, patience: 310000 });
  const chunks = [];
  let read = 0;
  let cut = '';
  try {
    const reader = response.body.getReader();
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      chunks.push(piece.value);
      read += piece.value.length;
      if (read > MOST) {
        cut = 'more follows, which this page does not read';
        await reader.cancel();
        break;
      }
    }
  } catch {
    if (!read && !signal.aborted) throw new Trouble('The answer broke off before it began.', response.status);
    cut = signal.aborted ? 'stopped' : 'the answer broke off here';
  }
  const bytesOf = joined(chunks, 8 << 20);
  return {
    blob: new Blob(chunks, { type: 'application/octet-stream' }), bytesOf, cut, status: response.status, ok: response.ok,
    text: new TextDecoder().decode(bytesOf.subarray(0, TEXT)), type: response.headers.get('Content-Type') ?? '',
    ms: performance.now() - began,
  };
}
