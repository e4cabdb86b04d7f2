/** The versions of a registered model: where each comes from, what it takes, what it is called. */
import { html, useState } from '../vendor/preact.js';
import { path } from './http.js';
import { foretell } from './commands.js';
import { bytes, when } from './format.js';
import { Action } from './action.js';
import { Facts, State } from './parts.js';

const route = (name, ...more) => path('v1', 'models', name, ...more.map(String));
const tensors = all => (all ?? []).map(({ name, datatype, shape }) => `${name}: ${datatype} [${(shape ?? []).map(size => (size < 0 ? 'any' : size)).join(', ')}]`).join('; ');
const words = of => Object.entries(of ?? {}).map(([key, value]) => `${key}: ${value}`).join('; ');

const promote = (name, version, done) => ({
  label: 'Promote', title: `Promote version ${version} of ${name}`, says: 'It gets all calls, once a host has it ready.', method: 'POST',
  path: route(name, 'promote'), body: { version }, command: foretell('models', 'promote', name, String(version)), done,
});

const remove = (name, version, done) => ({
  label: 'Remove', title: `Remove version ${version} of ${name}`, says: 'Its file is deleted where nothing else needs it.', method: 'DELETE',
  path: route(name, 'versions', version), command: foretell('models', 'rm', `${name}:${version}`), done,
});

function Alias({ name, versions, done }) {
  const [alias, setAlias] = useState('');
  const [version, setVersion] = useState(versions[versions.length - 1]);
  const act = {
    label: 'Set', title: `Set the alias ${alias} of ${name}`, says: `Calls to ${name}:${alias} go to version ${version}.`, method: 'PUT',
    path: route(name, 'aliases', alias), body: { target: Number(version) }, command: foretell('models', 'alias', name, alias, String(version)), done,
  };
  return html`<div class="row"><input aria-label="Alias" placeholder="Alias, such as prod" value=${alias} onInput=${e => setAlias(e.target.value)}/>
    <select aria-label="Version of the alias" value=${version} onChange=${e => setVersion(e.target.value)}>${versions.map(each => html`<option value=${each}>${each}</option>`)}</select>
    <${Action} act=${act} off=${alias ? '' : 'Type an alias first'}/></div>`;
}

const dropAlias = (name, alias, done) => ({
  label: 'Remove', title: `Remove the alias ${alias} of ${name}`, says: `Calls to ${name}:${alias} will fail.`, method: 'DELETE',
  path: route(name, 'aliases', alias), command: foretell('models', 'alias', name, alias, '--rm'), done,
});

const Version = ({ model, version, done }) => html`<article><div class="row"><strong>Version ${version.version}</strong><${State} state=${version.state}/>
    <span>${version.weight} % of the calls</span><span>${Object.entries(model.aliases ?? {}).filter(([, of]) => of === version.version).map(([alias]) => alias).join(', ')}</span>
    <${Action} act=${promote(model.name, version.version, done)} off=${version.weight === 100 ? 'It gets all calls' : ''}/>
    <${Action} act=${remove(model.name, version.version, done)} kind="outline secondary" off=${version.weight > 0 ? 'It gets calls' : ''}/>
    <a href=${route(model.name, 'versions', version.version, 'file')} download=${`${model.name}-${version.version}.onnx`}>Download</a></div>
  <details><summary>Inputs, outputs, origin</summary><${Facts} of=${[
    ['Inputs', tensors(version.inputs)], ['Outputs', tensors(version.outputs)], ['Provenance', words(version.provenance)], ['Uploaded', when(version.created_ms)],
    ['File', `${bytes(version.bytes)}, ${version.runtime}`], ['Memory', version.memory && bytes(version.memory)], ['SHA-256', version.digest], ['Metadata', words(version.metadata)]]}/></details></article>`;

/** @param model a registered model */
export function Versions({ model, done }) {
  const aliases = Object.entries(model.aliases ?? {});
  return html`<section><h2>Versions</h2>${[...model.versions].reverse().map(version => html`<${Version} key=${version.version} model=${model} version=${version} done=${done}/>`)}
    <h2>Aliases</h2>${aliases.map(([alias, of]) => html`<div class="row"><code>${model.name}:${alias}</code> is version ${of} <${Action} act=${dropAlias(model.name, alias, done)}/></div>`)}
    <${Alias} name=${model.name} versions=${model.versions.map(({ version }) => version)} done=${done}/></section>`;
}
