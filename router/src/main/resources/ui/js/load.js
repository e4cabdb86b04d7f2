/** The hook by which a view loads what it shows, again when something has changed or some time has gone by. */
import { useEffect, useRef, useState } from '../vendor/preact.js';
import { get } from './http.js';

/**
 * @param url what to load; null for nothing
 * @param turn loads again when it changes, at most once a second
 * @param every loads again after so many seconds while the page is seen; 0 for never
 * @returns {value, trouble, again}: a value stays where a later load fails
 */
export function useLoad(url, { turn = 0, every = 0, read = get } = {}) {
  const [loaded, setLoaded] = useState({ url: null, value: null, trouble: null });
  const [asked, setAsked] = useState(0);
  const latest = useRef(0);
  const load = useRef({}); // the one that runs: {url, gone, stale}
  useEffect(() => {
    if (!url) return;
    if (load.current.url === url) {
      load.current.stale = true; // it is not broken off: what takes long would never be seen
      return;
    }
    const gone = new AbortController();
    const mine = load.current = { url, gone, stale: false };
    const end = change => {
      if (gone.signal.aborted) return;
      load.current = {};
      latest.current = Date.now();
      setLoaded(change);
      if (mine.stale) setAsked(n => n + 1);
    };
    const wait = loaded.url === url ? Math.max(0, 1000 - (Date.now() - latest.current)) : 0;
    setTimeout(() => gone.signal.aborted || read(url, { signal: gone.signal }).then(
      value => end({ url, value, trouble: null }),
      trouble => end(old => ({ url, value: old.url === url ? old.value : null, trouble }))), wait);
  }, [url, turn, asked]);
  useEffect(() => () => { load.current.gone?.abort(); load.current = {}; }, [url]);
  useEffect(() => {
    if (!url || !every) return undefined;
    const timer = setInterval(() => document.hidden || setAsked(n => n + 1), every * 1000);
    return () => clearInterval(timer);
  }, [url, every]);
  const again = () => { latest.current = 0; setAsked(n => n + 1); };
  const fresh = loaded.url === url;
  return { value: fresh ? loaded.value : null, trouble: fresh ? loaded.trouble : null, again };
}

/** A text that follows what is typed, 250 ms later. */
export function useLater(text) {
  const [later, setLater] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setLater(text), 250);
    return () => clearTimeout(timer);
  }, [text]);
  return later;
}
