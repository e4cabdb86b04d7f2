/** Calls a model by a form made of its signature, and shows the same call as curl, Python and Java. */
import { html, useEffect, useMemo, useRef, useState } from '../vendor/preact.js';
import { path, query } from './http.js';
import { foretell } from './commands.js';
import { bytes } from './format.js';
import { useLater, useLoad } from './load.js';
import { asCurl, asJava, asPython } from './calls.js';
import { Answer } from './answer.js';
import { predict } from './predict.js';
import { Code, Search, Wrong } from './parts.js';

const LISTED = 12;

/** What is typed into a field, as JSON; words of a field of texts need no quotes. */
export function argument(text, datatype) {
  const trimmed = text.trim();
  try {
    return { value: JSON.parse(trimmed) };
  } catch {
    return datatype === 'BYTES' ? { value: text } : { wrong: 'is not a number, a list or other JSON' };
  }
}

/** An empty tensor of a shape, as a pattern to be filled in; nothing where it would be long. */
export function pattern(shape, isFile) {
  const sizes = (shape ?? []).map(size => (size < 0 ? 1 : size));
  if (!isFile || sizes.reduce((a, b) => a * b, 1) > 64) return '';
  return JSON.stringify(sizes.reduceRight((inner, size) => Array(size).fill(inner), 0));
}

const takesPictures = signature => signature?.inputs?.some(input => (input.shape?.length ?? 0) >= 3);

function Choose({ chosen }) {
  const [text, setText] = useState('');
  const later = useLater(text);
  const load = useLoad(`/v1/dashboard/models${query({ search: later, page: 1, size: LISTED })}`);
  return html`<section aria-label="Model"><div class="row"><${Search} label="Find a model" text=${text} set=${setText}/></div>
    <${Wrong} trouble=${load.trouble} again=${load.again}/>
    <div class="row">${load.value?.items.map(({ type, model }) => html`<a role="button" class="outline"
      aria-current=${chosen === `${type}/${model}` ? 'true' : undefined} href=${`#${path('try', type, model)}`}>${type}/${model}</a>`)}
    ${load.value?.items.length === 0 && html`<p class="empty">No model is called like this.</p>`}
    ${load.value?.total > LISTED && html`<span class="faint">and ${load.value.total - LISTED} more</span>`}</div></section>`;
}

function Field({ input, text, set, wrong }) {
  const id = `field-${input.name}`;
  const type = [input.datatype, input.shape?.length && `[${input.shape.map(size => (size < 0 ? 'any' : size)).join(', ')}]`].filter(Boolean).join(' ');
  return html`<label for=${id}>${input.name} <small class="faint">${type}</small></label>
    <input id=${id} name=${input.name} value=${text ?? ''} autocomplete="off" spellcheck=${false} aria-invalid=${wrong ? 'true' : undefined}
      aria-describedby=${wrong ? `${id}-wrong` : undefined} onInput=${e => set(e.target.value)}/>
    ${wrong && html`<small id=${`${id}-wrong`} class="bad">${input.name} ${wrong}</small>`}`;
}

function TryModel({ type, name }) {
  const signature = useLoad(`/v2/models/${encodeURIComponent(`${type}/${name}`)}`);
  const [way, setWay] = useState(null);
  const [fields, setFields] = useState({});
  const [raw, setRaw] = useState('{}');
  const [file, setFile] = useState(null);
  const [members, setMembers] = useState(false);
  const [busy, setBusy] = useState(null);
  const [trouble, setTrouble] = useState(null);
  const [answer, setAnswer] = useState(null);
  const inputs = signature.value?.inputs ?? [];
  const isFile = Boolean(signature.value?.versions);
  const isEnsemble = /ensemble/.test(signature.value?.platform ?? '');
  const how = way ?? (takesPictures(signature.value) ? 'file' : inputs.length ? 'form' : 'json');
  const texts = useMemo(() => Object.fromEntries(inputs.map(input => [input.name, fields[input.name] ?? pattern(input.shape, isFile)])), [signature.value, fields]);
  const filled = inputs.filter(input => texts[input.name].trim() !== '').map(input => [input, argument(texts[input.name], input.datatype)]);
  const wrong = Object.fromEntries(filled.filter(([, read]) => read.wrong).map(([input, read]) => [input.name, read.wrong]));
  const body = how === 'json' ? raw : JSON.stringify(Object.fromEntries(filled.map(([input, read]) => [input.name, read.value ?? null])));
  const call = {
    path: `/v1/${encodeURIComponent(type)}_model/${encodeURIComponent(name)}/predict`,
    type: how === 'file' ? file?.type || 'application/octet-stream' : 'application/json',
    headers: members ? { 'X-Ensemble-Members': '1' } : {}, body, file: how === 'file' ? file?.name ?? 'FILE' : undefined,
  };
  const stop = useRef(null);
  useEffect(() => () => stop.current?.abort(), []);
  const send = async event => {
    event.preventDefault();
    stop.current = new AbortController();
    setBusy(true);
    setTrouble(null);
    try {
      setAnswer(await predict({ ...call, body: how === 'file' ? file : body }, stop.current.signal));
    } catch (e) {
      if (!stop.current.signal.aborted) setTrouble(e);
    }
    setBusy(false);
  };
  const off = how === 'file' ? !file : how === 'form' && Object.keys(wrong).length > 0;
  return html`<h2>${type}/${name}</h2><div class="two"><form onSubmit=${send} aria-label="Arguments">
      <fieldset class="span"><legend class="unseen">How to give the arguments</legend>${[['form', 'Form'], ['json', 'JSON'], ['file', 'Picture or file']].map(([each, title]) =>
        html`<label><input type="radio" name="way" checked=${each === how} onChange=${() => setWay(each)}/>${title}</label>`)}</fieldset>
      ${!signature.value && !signature.trouble && html`<p aria-busy="true">Reading the signature…</p>`}
      ${signature.trouble && html`<p class="empty">The signature is not known (${signature.trouble.message}). Give the arguments as JSON.</p>`}
      ${how === 'form' && inputs.map(input => html`<${Field} key=${input.name} input=${input} text=${texts[input.name]} wrong=${wrong[input.name]}
        set=${text => setFields(old => ({ ...old, [input.name]: text }))}/>`)}
      ${how === 'form' && signature.value && !inputs.length && html`<p class="empty">It says nothing of its arguments. Give them as JSON.</p>`}
      ${how === 'json' && html`<label for="raw">Arguments as JSON</label><textarea id="raw" rows="6" spellcheck=${false} value=${raw} onInput=${e => setRaw(e.target.value)}></textarea>`}
      ${how === 'file' && html`<label for="file">A picture, or any file that the model takes</label><input id="file" type="file" onChange=${e => setFile(e.target.files[0] ?? null)}/>
        ${file && html`<small>${file.name}, ${bytes(file.size)}</small>`}`}
      ${isEnsemble && html`<label><input type="checkbox" checked=${members} onChange=${e => setMembers(e.target.checked)}/>Show each member, its time and the spread</label>`}
      <div class="row"><button type="submit" disabled=${off || busy} aria-busy=${busy ? 'true' : undefined}>Predict</button>
        ${busy && html`<button type="button" class="secondary" onClick=${() => stop.current.abort()}>Stop</button>`}</div></form>
    <div><${Wrong} trouble=${trouble}/>${answer ? html`<${Answer} answer=${answer}/>` : html`<p class="empty">The answer comes here.</p>`}</div></div>
    <h2>The same call</h2><${Code} label="curl" text=${asCurl(call)}/>
    ${how !== 'file' && html`<${Code} label="foretell" text=${foretell('predict', '--type', type, name, body)}/>`}
    <div class="two"><${Code} label="Python" text=${asPython(call)}/><${Code} label="Java" text=${asJava(call)}/></div>`;
}

export function TryIt({ names }) {
  const [type, name] = names;
  return html`<h1>Try it</h1><${Choose} chosen=${names.join('/')}/>
    ${name && html`<${TryModel} key=${names.join('/')} type=${type} name=${name}/>`}`;
}
