/** One predict call as a program of the reader's own has it: curl, Python and Java. */
import { token } from './http.js';
import { quoted } from './commands.js';

const secret = () => Boolean(token.get());

/**
 * @param call {path, body, type, file, headers}: a text as the body, or the name of a file
 */
export function asCurl({ path, body, type, file, headers = {} }) {
  const more = Object.entries({ ...headers, ...(file ? { 'Content-Type': type } : {}) });
  return ['curl', quoted(location.origin + path),
    ...(secret() ? ['-H "Authorization: Bearer $FORETELL_TOKEN"'] : []),
    ...more.map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`),
    file ? `--data-binary @${quoted(file)}` : `-d ${quoted(body)}`].join(' ');
}

export function asPython({ path, body, type, file, headers = {} }) {
  const all = { 'Content-Type': type, ...headers };
  const pairs = Object.entries(all).map(([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(value)}`);
  if (secret()) pairs.push('"Authorization": "Bearer " + os.environ["FORETELL_TOKEN"]');
  return `${secret() ? 'import os\n' : ''}import requests

response = requests.post(
    ${JSON.stringify(location.origin + path)},
    headers={${pairs.join(', ')}},
    data=${file ? `open(${JSON.stringify(file)}, "rb")` : `${JSON.stringify(body)}.encode()`},
    timeout=15,
)
response.raise_for_status()
print(response.text)`;
}

export function asJava({ path, body, type, file, headers = {} }) {
  const lines = Object.entries({ 'Content-Type': type, ...headers })
    .map(([name, value]) => `        .header(${JSON.stringify(name)}, ${JSON.stringify(value)})`);
  if (secret()) lines.push('        .header("Authorization", "Bearer " + System.getenv("FORETELL_TOKEN"))');
  const publisher = file ? `ofFile(Path.of(${JSON.stringify(file)}))` : `ofString(${JSON.stringify(body)})`;
  return `import java.net.URI;
import java.net.http.*;
${file ? 'import java.nio.file.Path;\n' : ''}import java.time.Duration;

var request = HttpRequest.newBuilder(URI.create(${JSON.stringify(location.origin + path)}))
        .timeout(Duration.ofSeconds(15))
${lines.join('\n')}
        .POST(HttpRequest.BodyPublishers.${publisher})
        .build();
System.out.println(HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body());`;
}
