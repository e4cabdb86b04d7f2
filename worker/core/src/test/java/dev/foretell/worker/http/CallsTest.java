package dev.foretell.worker.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foretell.worker.Functions;
import dev.foretell.worker.Http;
import dev.foretell.worker.RunningWorker;
import dev.foretell.worker.WorkerConfig;
import dev.foretell.worker.WorkerProcess;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallsTest {
    private static RunningWorker worker;

    @BeforeAll
    static void start() {
        WorkerConfig defaults = WorkerConfig.defaults();
        worker = WorkerProcess.start(
                        defaults.with(defaults.http().at("127.0.0.1", 0)),
                        Arrays.stream(Functions.class.getDeclaredMethods())
                                .filter(method -> !method.isSynthetic())
                                .map(method -> Functions.class.getName() + "::" + method.getName())
                                .toList())
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    @AfterAll
    static void stop() {
        worker.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            predict  | {"n":10}                                                               | 89
            predict  | ` {"n" : 2} `                                                          | 2
            add      | {"a":1,"b":2}                                                          | 3
            add      | {"a":1}                                                                | 11
            add      | {"a":9007199254740993,"b":0}                                           | 9007199254740993
            big      | {"x":123456789012345678901234567}                                      | 123456789012345678901234568
            ratio    | {"a":1,"b":2}                                                          | 0.5
            ratio    | {"a":0,"b":0}                                                          | "NaN"
            ratio    | {"a":-1,"b":0}                                                         | "-Infinity"
            half     | {"x":1}                                                                | 0.5
            halves   | {"xs":[1,3e38]}                                                        | [0.5,1.5E38]
            extremes | {}                                                                     | {"high":"Infinity","low":"-Infinity","mean":"NaN"}
            area     | {"petal":{"length":2,"width":3}}                                       | 6.0
            area     | {"length":2,"width":3,"note":"x"}                                      | 6.0
            sum      | {"xs":[1,2,3]}                                                         | 6
            sum      | [1,2,3]                                                                | 6
            greet    | {}                                                                     | "hello you"
            greet    | {"name":"Ada"}                                                         | "hello Ada"
            nothing  | {}                                                                     | null
            nothing  | ``                                                                     | null
            later    | {"n":1}                                                                | 2
            kinds    | {"text":"t","colour":"RED","flag":true,"exact":1.10,"counts":{"a":1},"array":[1,2]} | "tREDtrue1.10{a=1}2"
            """)
    void answersWithTheResultAsJson(String function, String body, String expected) {
        var answer = Http.post(worker.url() + "/" + function, body);

        assertThat(answer.body()).isEqualTo(expected);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type")).hasValue("application/json");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            predict  | ``                              | 400 | the body is empty
            predict  | {                               | 400 | the JSON ends too early
            predict  | {"n":                           | 400 | the JSON ends too early
            predict  | {"zzz":1,"n":                   | 400 | the JSON ends too early
            predict  | {"n":1} x                       | 400 | something follows the end
            predict  | {"n":1}{"n":2}                  | 400 | something follows the end
            predict  | {"n":1,"n":2}                   | 400 | Duplicate field
            predict  | {'n':1}                         | 400 | a name in double quotes was expected
            predict  | {"n":01}                        | 400 | a number without leading zeros was expected
            predict  | {"n":NaN}                       | 400 | JSON has no NaN (line 1
            predict  | hello                           | 400 | JSON has no hello
            predict  | {"n":1,"\u00e9":"\ud83d\ude00"} | 422 | unexpected keyword
            predict  | {}                              | 422 | missing a required argument: 'n'
            predict  | {"n":1,"m":2}                   | 422 | got an unexpected keyword argument 'm'
            predict  | {"n":"abc"}                     | 422 | argument 'n' must be of type int
            predict  | {"n":"5"}                       | 422 | argument 'n' must be of type int
            predict  | {"n":1.5}                       | 422 | argument 'n' must be of type int
            predict  | {"n":null}                      | 422 | argument 'n' must be of type int
            predict  | {"n":true}                      | 422 | argument 'n' must be of type int
            predict  | {"n":[1]}                       | 422 | argument 'n' must be of type int
            predict  | {"n":{}}                        | 422 | argument 'n' must be of type int
            predict  | {"n":99999999999}               | 422 | argument 'n' must be of type int
            predict  | [1]                             | 422 | the body must be a JSON object of named arguments
            predict  | 7                               | 422 | the body must be a JSON object of named arguments
            predict  | null                            | 422 | the body must be a JSON object of named arguments
            sum      | {"xs":[1,"x"]}                  | 422 | argument 'xs[1]' must be of type
            sum      | {"xs":3}                        | 422 | argument 'xs' must be of type List<Integer>
            area     | {"length":1}                    | 422 | argument 'width' is missing
            area     | {"length":1,"width":"x"}        | 422 | argument 'width' must be of type double
            area     | {"length":1,"width":1,"z":1}    | 422 | argument 'z' is unknown
            area     | {"length":-1,"width":1}         | 422 | length must not be negative
            text     | {"note":5}                      | 422 | argument 'note' must be of type String
            kinds    | {"colour":"BLUE"}               | 422 | argument 'colour' must be of type Colour: RED, GREEN
            kinds    | {"colour":0}                    | 422 | argument 'colour' must be of type
            kinds    | {"flag":1}                      | 422 | argument 'flag' must be of type boolean
            sizes    | {"file":"/etc/hosts"}           | 422 | argument 'file' must be sent as a file
            zzz      | {}                              | 404 | Not found: /zzz
            predict  | {"n":-1}                        | 500 | IllegalArgumentException: n must not be negative
            overflow | {"n":0}                         | 500 | StackOverflowError
            ratio    | {"a":1e400,"b":1}               | 422 | argument 'a' is too large for a double
            ratio    | {"a":1e99999999999,"b":1}       | 400 | the exponent of a number has more than 9 digits
            half     | {"x":1e39}                      | 422 | argument 'x' is too large for a float
            half     | {"x":-1e39}                     | 422 | argument 'x' is too large for a float
            halves   | {"xs":[1,1e39]}                 | 422 | argument 'xs[1]' is too large for a float
            area     | {"length":1,"width":1e999}      | 422 | argument 'width' is too large for a double
            same     | {"x":{"y":[1e400]}}             | 422 | is too large for a double
            kinds    | {"exact":1e99999999999}         | 400 | the exponent of a number has more than 9 digits
            big      | {"x":1e99999999999}             | 400 | the exponent of a number has more than 9 digits
            predict  | {"n":1e99999999999}             | 400 | the exponent of a number has more than 9 digits
            """)
    void saysWhatIsWrong(String function, String body, int status, String error) {
        var answer = Http.post(worker.url() + "/" + function, body);

        assertThat(answer.body()).startsWith("{\"error\":\"").contains(error).endsWith("\"}");
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("content-type")).hasValue("application/json");
    }

    @Test
    void refusesAMegabyteOfNestedBrackets() {
        for (String function : List.of("predict", "sum", "area")) {
            for (String body :
                    List.of("[".repeat(1 << 20), """
                            {"n":%s""".formatted("[".repeat(1 << 20)), "{\"a\":".repeat(200_000))) {
                assertThat(Http.post(worker.url() + "/" + function, body).statusCode())
                        .isEqualTo(400);
            }
        }
    }

    @Test
    void readsTheBodyWhateverTheContentTypeSays() {
        var answer = Http.send(Http.request(worker.url() + "/predict")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(java.net.http.HttpRequest.BodyPublishers.ofString("""
                        {"n":10}""")));

        assertThat(answer.body()).isEqualTo("89");
    }

    @Test
    void takesFunctionsByPostOnlyAndTheIndexByGetOnly() {
        var get = Http.get(worker.url() + "/predict");
        var post = Http.post(worker.url() + "/", "{}");

        assertThat(get.statusCode()).isEqualTo(405);
        assertThat(get.headers().firstValue("allow")).hasValue("POST");
        assertThat(post.statusCode()).isEqualTo(405);
        assertThat(post.headers().firstValue("allow")).hasValue("GET");
    }

    @Test
    void letsAFunctionChooseItsStatusBodyAndHeaders() {
        var teapot = Http.post(worker.url() + "/teapot", "{}");
        var page = Http.post(worker.url() + "/page", "{}");

        assertThat(teapot.statusCode()).isEqualTo(418);
        assertThat(teapot.headers().firstValue("x-handle")).hasValue("here");
        assertThat(teapot.body()).isEqualTo("""
                {"short":"stout"}""");
        assertThat(page.headers().firstValue("content-type")).hasValue("text/html");
        assertThat(page.body()).isEqualTo("<p>hi</p>");
    }

    @Test
    void sendsBytesAndStreamsAsTheyAre() {
        var bytes = Http.post(worker.url() + "/bytes", "{}");
        var stream = Http.post(worker.url() + "/stream", """
                {"size":300000}""");

        assertThat(bytes.body()).isEqualTo("\u0001\u0002\u0003");
        assertThat(bytes.headers().firstValue("content-type")).hasValue("application/octet-stream");
        assertThat(stream.body()).hasSize(300_000);
        assertThat(stream.headers().firstValue("content-type")).hasValue("application/octet-stream");
    }

    @Test
    void describesItsFunctionsAsFireflyDoes() {
        String index = Http.get(worker.url() + "/").body();

        assertThat(index).startsWith("""
                {"app":"foretell","version":\"""").contains("""
                        "predict":{"path":"/predict","doc":"nth Fibonacci number","parameters":\
                        [{"name":"n","kind":"POSITIONAL_OR_KEYWORD","type":"int","schema":{"type":"integer"}}],\
                        "result":{"type":"integer"}}""").contains("""
                                        {"name":"b","kind":"POSITIONAL_OR_KEYWORD","default":10,"type":"long\"""").contains("""
                                        "required":["length","width"]""");
    }
}
