/** A button that changes something: it first shows what it does, as curl and as a foretell command. */
import { html, useEffect, useRef, useState } from '../vendor/preact.js';
import { json } from './http.js';
import { curl } from './commands.js';
import { mayChange, useLive } from './live.js';
import { Code, Wrong } from './parts.js';

const READ_ONLY = 'You may look, not change: this router takes changes from other addresses, or with a token only '
  + '(its settings http.writes-from and http.token).';

const PATIENCE = 45000; // the router waits up to 30 s for a host

function Sheet({ act, may, close }) {
  const box = useRef(null);
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState(null);
  useEffect(() => { box.current.showModal(); }, []);
  const body = act.body === undefined ? undefined : JSON.stringify(act.body);
  const run = async () => {
    setBusy(true);
    setTrouble(null);
    try {
      const answer = await json(act.method, act.path, { body, patience: PATIENCE, headers: body ? { 'Content-Type': 'application/json' } : {} });
      box.current?.close();
      act.done?.(answer);
    } catch (e) {
      setTrouble(e);
      setBusy(false);
    }
  };
  return html`<dialog ref=${box} onClose=${close} aria-labelledby="sheet-title"><article>
    <h2 id="sheet-title">${act.title ?? act.label}</h2>
    <p>${act.says}</p>
    ${!may && html`<p class="wrong" role="note">${READ_ONLY}</p>`}
    <${Wrong} trouble=${trouble}/>
    <${Code} label="curl" text=${curl(act.method, act.path, body)}/>
    ${act.command && html`<${Code} label="foretell" text=${act.command}/>`}
    <footer><button type="button" class="secondary" onClick=${() => box.current.close()}>Close</button>
      ${may && html`<button type="button" aria-busy=${busy} disabled=${busy} onClick=${run}>${act.label}</button>`}</footer>
  </article></dialog>`;
}

/**
 * @param act {label, title, says, method, path, body, command, done}
 * @param off why it cannot be done now; it can where that is empty
 */
export function Action({ act, off, kind = 'outline' }) {
  const may = mayChange(useLive());
  const [open, setOpen] = useState(false);
  return html`<button type="button" class=${kind} disabled=${Boolean(off)} title=${off || (may ? act.says : READ_ONLY)}
      aria-disabled=${!may || undefined} aria-haspopup="dialog" aria-label=${act.title ?? act.label} onClick=${() => setOpen(true)}>${act.label}</button>
    ${open && html`<${Sheet} act=${act} may=${may} close=${() => setOpen(false)}/>`}`;
}
