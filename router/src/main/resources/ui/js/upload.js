/** Uploads a model file that was dropped or chosen. What went wrong stays, and so do the file and what was typed. */
import { html, useEffect, useRef, useState } from '../vendor/preact.js';
import { authorization, path, query, troubleOf, Trouble } from './http.js';
import { curl, foretell } from './commands.js';
import { bytes } from './format.js';
import { mayChange, useLive } from './live.js';
import { Code, Wrong } from './parts.js';

/** fetch tells nothing of how far an upload has come; the older way does. */
function send(url, file, watch) {
  const request = new XMLHttpRequest();
  const answer = new Promise((done, fail) => {
    let sent = 0;
    request.upload.onprogress = event => { sent = event.loaded; watch(event.loaded); };
    request.onload = () => (request.status < 300 ? done(JSON.parse(request.responseText)) : fail(troubleOf(request.status, request.responseText)));
    request.onerror = () => fail(new Trouble(`The upload broke off after ${bytes(sent)} of ${bytes(file.size)}. Nothing is registered; send it again.`, 0));
    request.onabort = () => fail(new Trouble(`Stopped after ${bytes(sent)} of ${bytes(file.size)}. Nothing is registered.`, 0));
  });
  request.open('POST', url);
  Object.entries({ ...authorization(), 'Content-Type': 'application/octet-stream' }).forEach(([name, value]) => request.setRequestHeader(name, value));
  request.send(file);
  return { answer, stop: () => request.abort() };
}

const nameOf = file => file.name.replace(/\.onnx$/, '').replace(/[^A-Za-z0-9._-]+/g, '-');

function Progress({ sent, file }) {
  return html`<label>${sent < file.size ? `${bytes(sent)} of ${bytes(file.size)}` : 'All is sent. A model host inspects the file…'}
    <progress value=${sent < file.size ? sent : undefined} max=${file.size}></progress></label>`;
}

/** @param model the registered model that gets a version; a name is asked for where there is none */
export function Upload({ model, done }) {
  const may = mayChange(useLive());
  const [file, setFile] = useState(null);
  const [typed, setTyped] = useState({ name: model ?? '', type: '', description: '' });
  const [sent, setSent] = useState(null);
  const [trouble, setTrouble] = useState(null);
  const [told, setTold] = useState('');
  const [over, setOver] = useState(false);
  const running = useRef(null);
  useEffect(() => () => running.current?.stop(), []);
  const take = chosen => {
    if (!chosen) return;
    setFile(chosen);
    setTold('');
    setTrouble(null);
    if (!model && !typed.name) setTyped({ ...typed, name: nameOf(chosen) });
  };
  const url = path('v1', 'models', typed.name, 'versions') + query({ type: typed.type, description: typed.description });
  const start = async event => {
    event.preventDefault();
    setSent(0);
    setTrouble(null);
    setTold('');
    try {
      running.current = send(url, file, setSent);
      const version = await running.current.answer;
      setTold(`Version ${version.version} is registered. ${version.weight > 0 ? `It gets ${version.weight} % of the calls.` : 'It gets no calls yet.'}`);
      done?.(version);
    } catch (e) {
      setTrouble(e);
    }
    setSent(null);
  };
  const field = (name, title) => html`<label>${title}<input name=${name} value=${typed[name]} autocomplete="off" onInput=${e => setTyped({ ...typed, [name]: e.target.value })}/></label>`;
  const drop = event => { event.preventDefault(); setOver(false); take(event.dataTransfer.files[0]); };
  return html`<section><h2>${model ? 'Upload the next version' : 'Upload a model'}</h2>
    <form class=${`drop ${over ? 'over' : ''}`} onSubmit=${start} onDrop=${drop} onDragOver=${e => { e.preventDefault(); setOver(true); }} onDragLeave=${() => setOver(false)}>
      <label>Drop a model file (ONNX) here, or choose one<input type="file" name="file" accept=".onnx" onChange=${e => take(e.target.files[0])}/></label>
      ${file && html`<p><small>${file.name}, ${bytes(file.size)}</small></p>`}
      ${!model && html`<div class="row">${field('name', 'Name')}${field('type', 'Type, AI by default')}${field('description', 'What it is for')}</div>`}
      <div class="row"><button type="submit" disabled=${!may || !file || !typed.name || sent != null}>Upload</button>
        ${sent != null && html`<button type="button" class="secondary" onClick=${() => running.current.stop()}>Stop</button>`}
        ${!may && html`<small class="faint">You may look, not change.</small>`}</div>
      ${sent != null && html`<${Progress} sent=${sent} file=${file}/>`}
      <${Wrong} trouble=${trouble}/>${told && html`<p class="good" role="status">${told}</p>`}</form>
    ${file && typed.name && html`<${Code} label="curl" text=${curl('PUT', url, undefined, file.name)}/>
      <${Code} label="foretell" text=${foretell('models', 'push', file.name, '--name', typed.name)}/>`}</section>`;
}
