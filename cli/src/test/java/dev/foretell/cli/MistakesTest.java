package dev.foretell.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What new users mistype: one true sentence names what was given and the way out. */
class MistakesTest {
    @TempDir
    private static Path folder = Path.of("");

    @BeforeAll
    static void write() throws IOException {
        Files.write(folder.resolve("binary"), new byte[] {(byte) 0xFF, (byte) 0xFE, 0});
        Files.writeString(folder.resolve("map.yaml"), "AI: fib");
        Files.writeString(folder.resolve("tab.yaml"), "http:\n\tport: 8000\n");
        Files.writeString(folder.resolve("colon.yaml"), "http\n  port: 8000\n");
        Files.writeString(folder.resolve("blank.yaml"), "http:\n  port 8000\n");
        Files.writeString(folder.resolve("list.yaml"), "- http\n- port\n");
        Files.writeString(folder.resolve("bracket.yaml"), "http:\n  port: [8000\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "rotuer | there is no command 'rotuer'; did you mean router? See foretell --help",
                "help | there is no command 'help'; see foretell --help",
                "router --prot 1 | there is no option '--prot'; did you mean --port? See foretell router --help",
                "router -p 1 | there is no option '-p'; see foretell router --help",
                "router --port | --port needs a value; see foretell router --help",
                "router --port 8,080 | --port: must be a whole number, not '8,080'",
                "router --set http.port | --set: must be KEY=VALUE, not 'http.port'",
                "router --set http=1 | http: must hold settings, such as 'host: …', not a value",
                "router --set breaker.failure-rate=NaN | breaker.failure-rate: must be a number, not 'NaN'",
                "router -c nofile.yaml | cannot read nofile.yaml: there is no such file",
                "router start now | 'now' is one word too many; see foretell router start --help",
                "router start --wait 5s | --wait: must be a whole number, not '5s'",
                "router start --wait -1 | --wait must be 0 or more",
                "router status --json=yes | --json: takes no value, not 'yes'",
                "worker Predict.jav | there is no class 'Predict.jav' on the class path; a source file is named like",
                "worker com.acme.Nope | there is no class 'com.acme.Nope' on the class path; --classpath names"
                        + " the folder",
                "worker für=X.java | there is no file X.java",
                "tasks run --target y --algorithm baseline --data . | '.' is a folder, not a file",
                "tasks run --target y --algorithm baseline --data nofile.csv | there is no file 'nofile.csv'",
                "tasks run --target y --algorithm baseline --data x --time 0 | --time must be at least 1 second, not 0",
                "tasks run --target y --algorithm baseline --data x --memory 3 | --memory must be at least 32 MiB, not 3",
                "tasks code --class A --data . | '.' is a folder, not a file",
                "tasks code --source . --data x | '.' is a folder, not a file",
                "models push . | '.' is a folder, not a file",
                "worker A::b --type hosts | the type 'hosts' is for model hosts",
                "routes drain localhost:1 | a worker is named like localhost-9001-0, as foretell routes shows it",
                "routes drain a-1-0 --wait 61 | --wait must be from 0 to 60",
                "routes rm AI/ | what to remove is TYPE, TYPE/MODEL or TYPE/MODEL/WORKER, such as"
                        + " AI/fib/localhost-9001-0",
                "routes put nofile.json | there is no file 'nofile.json'",
                "predict fib | JSON is missing; see foretell predict --help",
                "predict | MODEL is missing",
                "predict fib {n: 10} | '10}' is one word too many: JSON goes between single quotes",
                "predict fib {n:10} | the arguments are not JSON: a name must be in double quotes: \"n\"",
                "predict fib {\"n\":10,} | unexpected '}' after a comma",
                "predict fib @/dev/null | the arguments are empty: give JSON, such as {} for none",
                "predict fib @nofile | there is no file 'nofile'",
                "predict fib {} --timeout-ms 10,000 | --timeout-ms: must be a whole number, not '10,000'",
                "models show iris:2 | 'iris:2' cannot be a model's name: give it without a version here",
                "models show iris/2 | 'iris/2' cannot be a model's name: a name is 1 to 128 letters (a to z), digits",
                "models push nofile.onnx | there is no file 'nofile.onnx'",
                "models promote iris v2 | a version is a number, such as 2, not 'v2'",
                "models split iris 1:95 | '1:95' must be VERSION=PERCENT",
                "models split iris 1=95 2=five | '2=five' must be VERSION=PERCENT",
                "models split iris 1=95% | VERSION=PERCENT: must be a whole number, not '95%'",
                "models split iris 1=9 --canary 2 --error-ratio 5% | --error-ratio: must be a number such as"
                        + " 0.05, not '5%'",
                "models download iris:1 -o nodir/x | there is no folder nodir; create it first",
                "routes --router http://127.0.0.1:99999 | the router's URL must be like http://127.0.0.1:8000,"
                        + " not 'http://127",
                "routes --router localhost:8000 | the router's URL must be like http://127.0.0.1:8000, not"
                        + " 'localhost:8000'",
                "routes --token ümlaut | a token can hold plain ASCII only",
                "router --port 99999999999 | --port: 99999999999 is too large",
                "router --port 70000 | --port must be from 0 to 65535",
                "router --token-file nofile | --token-file: ",
                "worker A::b -b :70000 | -b: the port must be between 0 and 65535",
                "worker A::b --router localhost:8000 | --router must be a URL like http://localhost:8000",
                "worker A::b --type a/b | --type ",
                "worker A::b --allow-origins https://page.example/ | --allow-origins must be origins like https://page.example",
                "worker A::b --token x --token-file y | --token: only one of it and --token-file may be set",
                "host --router http://127.0.0.1:1 --memory 512 | --memory must be a size like 512m or 10g: 512 is as many bytes; did you mean 512m?",
                "host --router http://127.0.0.1:1 --memory 100k | --memory must be at least 512k",
                "host --router http://127.0.0.1:1 --memory 512mm | --memory must be a size like 512m or 10g, not '512mm'",
                "host --router http://127.0.0.1:1 --set shelf.disk=10 | shelf: disk must be a size like",
                "models split iris 1=95 1=5 | VERSION=PERCENT: 1 is given twice, in 1=95 1=5",
                "models split iris 1=95 01=5 | VERSION=PERCENT: 1 is given twice, in 1=95 01=5",
                "models split iris 1=95 2=5 --shadow 3=10 --shadow 3=20 | --shadow: 3 is given twice, in 3=10 3=20",
                "models push x.onnx --label a=1 --label a=2 | --label: a is given twice, in a=1 a=2",
                "trainer --priority high | --priority: must be idle or low, not 'high'",
                "trainer --data /proc/foretell | --data: /proc/foretell cannot be used for the files of tasks: it is a file, or cannot be",
                "trainer --data /dev/null | --data: /dev/null cannot be used for the files of tasks: it is a file, or cannot be",
                "demo --port abc | --port: must be a whole number, not 'abc'",
            })
    void isOneSentenceWithTheWayOut(String words, String sentence) {
        Ran ran = Ran.foretell(words.split(" "));

        assertThat(ran.err()).contains(sentence).doesNotContain("Exception", "java.", "Usage:");
        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.out()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "routes put     | binary       | is not a text in UTF-8",
                "predict fib    | @binary      | is not a text in UTF-8",
                "models push    | .            | is a folder, not a file",
                "router -c      | tab.yaml     | not YAML: lines are indented with blanks, and here is a tab (line",
                "router -c      | colon.yaml   | or the colon before it is missing (line 2",
                "router -c      | blank.yaml   | http: must hold settings, such as",
                "router -c      | list.yaml    | the file must hold settings like 'http:'",
                "router -c      | bracket.yaml | the file is not YAML: expected ',' or ']'",
            })
    void ofFilesIsOneSentenceToo(String words, String file, String sentence) {
        String path = (file.startsWith("@") ? "@" : "") + folder.resolve(file.replace("@", ""));

        Ran ran = Ran.foretell((words + " " + path).split(" "));

        assertThat(ran.err()).contains(sentence).doesNotContain("Exception", "in 'reader'");
        assertThat(ran.exitCode()).isEqualTo(2);
    }

    @Test
    void anotherServerInARoutersPlaceIsSaidToBeOne() throws IOException {
        HttpServer other = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        byte[] page = "<html>no router</html>".getBytes(StandardCharsets.UTF_8);
        other.createContext("/", call -> {
            call.sendResponseHeaders(200, page.length);
            call.getResponseBody().write(page);
            call.close();
        });
        other.start();
        String authority = "127.0.0.1:" + other.getAddress().getPort();
        try {
            assertThat(Ran.foretell("models", "list", "--router", "http://" + authority)
                            .err())
                    .hasLineCount(1)
                    .contains("the response from http://" + authority + " is not a router's (HTTP 200)");
        } finally {
            other.stop(0);
        }
    }

    @Test
    void aNameThatNoHostHasIsSaidToBeOne() {
        Ran ran = Ran.foretell("routes", "--router", "http://nosuch.host.invalid:8000");

        assertThat(ran.err()).hasLineCount(1).contains("no host has the name in http://nosuch.host.invalid:8000");
        assertThat(ran.exitCode()).isEqualTo(3);
    }

    @Test
    void aPortThatIsTakenAndAFolderThatIsAFileAreSaid() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Ran worker = Ran.foretell(
                    "worker", "dev.foretell.examples.Fib::predict", "-b", "127.0.0.1:" + taken.getLocalPort());
            assertThat(worker.err()).hasLineCount(1).contains("is taken; choose another with -b HOST:PORT");
        }
        Ran host = Ran.foretell(
                "host",
                "--router",
                "http://127.0.0.1:1",
                "-b",
                "127.0.0.1:0",
                "--data",
                folder.resolve("map.yaml").toString());
        assertThat(host.err())
                .hasLineCount(1)
                .contains("for model files cannot be used")
                .doesNotContain("Exception");
        assertThat(host.exitCode()).isEqualTo(2);
    }
}
