package dev.foretell.router;

import static dev.foretell.router.OipStage.ECHO;
import static dev.foretell.router.OipStage.X;
import static dev.foretell.router.OipStage.infer;
import static dev.foretell.router.OipStage.input;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The Open Inference Protocol, sentence by sentence, over model files and functions. */
class OipSentencesTest {
    @RegisterExtension
    static final LiveRouter LIVE = LiveRouter.with();

    private static final FakeHost HOST = EchoModel.start();
    private static final FakeWorker FUNCTIONS = FakeWorker.start(ScriptedFunctions::play);

    /** One sentence: what is asked, the status, and what is in the answer, as {@code pointer=json}. */
    private record Row(String says, String method, String path, String body, int status, List<String> expected) {
        @Override
        public String toString() {
            return says;
        }
    }

    private static Row get(String says, String path, int status, String... expected) {
        return new Row(says, "GET", path, "", status, List.of(expected));
    }

    private static Row post(String says, String path, String body, int status, String... expected) {
        return new Row(says, "POST", path, body, status, List.of(expected));
    }

    @BeforeAll
    static void serve() {
        OipStage.serve(LIVE, HOST, FUNCTIONS);
    }

    @AfterAll
    static void stop() {
        HOST.close();
        FUNCTIONS.close();
    }

    static Stream<Row> sentences() {
        List<Row> rows = new ArrayList<>();
        health(rows);
        metadata(rows);
        files(rows);
        functions(rows);
        badInput(rows);
        repository(rows);
        return rows.stream();
    }

    private static void health(List<Row> rows) {
        rows.add(get("the server lives", "/v2/health/live", 200, "/live=true"));
        rows.add(get("the server is ready", "/v2/health/ready", 200, "/ready=true", "/live=true"));
        rows.add(get("a model is ready", "/v2/models/echo/ready", 200, "/name=\"echo\"", "/ready=true"));
        rows.add(get("a version is ready (DJL: 404)", ECHO + "/ready", 200, "/ready=true"));
        rows.add(get("a function is ready", "/v2/models/fib/ready", 200, "/name=\"fib\"", "/ready=true"));
        rows.add(get("what is not there is not ready", "/v2/models/nope/ready", 404, "/error~no model 'nope'"));
    }

    private static void metadata(List<Row> rows) {
        for (String path : List.of("/v2", "/v2/")) {
            rows.add(get(
                    "server metadata at " + path + " (DJL: none, TorchServe: extenstion)",
                    path,
                    200,
                    "/name=\"foretell\"",
                    "/version~",
                    "/extensions~binary_tensor_data",
                    "/extensions~model_repository"));
        }
        for (String path :
                List.of("/v2/models/echo", ECHO, "/v2/models/echo:2", "/v2/models/echo:prod", "/v2/models/AI%2Fecho")) {
            rows.add(get(
                    "metadata at " + path + " (DJL: 404, TorchServe: 501 with a version)",
                    path,
                    200,
                    "/name=\"echo\"",
                    "/versions=[\"1\",\"2\"]",
                    "/platform=\"onnx_onnxv1\"",
                    """
                    /inputs=[{"name":"X","datatype":"INT64","shape":[-1,2]}]""",
                    """
                    /outputs/1={"name":"score","datatype":"FP32","shape":[3]}"""));
        }
        rows.add(get(
                "a function's metadata comes from its types",
                "/v2/models/greet",
                200,
                "/name=\"greet\"",
                "/versions=",
                "/platform=\"java_function\"",
                """
                /inputs=[{"name":"name","datatype":"BYTES","shape":[-1]},{"name":"times","datatype":"INT32",\
                "shape":[-1]}]""",
                """
                /outputs=[{"name":"text","datatype":"BYTES","shape":[-1]},{"name":"length",\
                "datatype":"INT64","shape":[-1]}]"""));
        rows.add(get("arrays are dimensions", "/v2/models/mean", 200, """
                /inputs/0={"name":"xs","datatype":"FP64","shape":[-1]}""", """
                        /outputs/0={"name":"result","datatype":"FP64","shape":[-1]}"""));
        rows.add(get(
                "a function in Python says little", "/v2/models/python", 200, "/inputs/0/name=\"n\"", "/outputs=[]"));
        rows.add(get(
                "the configuration",
                ECHO + "/config",
                200,
                "/name=\"echo\"",
                "/input/0/data_type=\"TYPE_INT64\"",
                "/input/0/dims=[-1,2]"));
        rows.add(get("an unknown model", "/v2/models/ecco", 404, "/error~no model 'ecco'; did you mean echo"));
        rows.add(get(
                "an unknown version", "/v2/models/echo/versions/7", 404, "/error~has no version '7'; it has [1, 2]"));
        rows.add(get("a version of a function", "/v2/models/fib/versions/1", 404, "/error~has no versions"));
        rows.add(get("an unknown URL", "/v2/nothing/here", 404, "/error~nothing"));
        rows.add(new Row("a wrong verb", "PUT", "/v2/models/echo", "", 405, List.of("/error~takes GET")));
        rows.add(get("a wrong verb of infer", ECHO + "/infer", 405, "/error~takes POST"));
    }

    private static void files(List<Row> rows) {
        String exact = X + "[9007199254740993,-9223372036854775808]}";
        for (String path : List.of("/v2/models/echo/infer", ECHO + "/infer", "/v2/models/echo:prod/infer")) {
            rows.add(post(
                    "inference at " + path + ", without outputs and exact (DJL: NPE, doubles)",
                    path,
                    infer(exact, "\"id\":\"7\""),
                    200,
                    "/id=\"7\"",
                    "/model_name=\"echo\"",
                    """
                    /outputs/0={"name":"Y","datatype":"INT64","shape":[1,2],\
                    "data":[9007199254740993,-9223372036854775808]}""",
                    "/outputs/1/name=\"score\""));
        }
        rows.add(post("traffic decides", "/v2/models/echo/infer", infer(exact), 200, "/model_version=\"1\""));
        rows.add(post("the version is named", ECHO + "/infer", infer(exact), 200, "/model_version=\"2\"", "/id="));
        rows.add(post(
                "nested data (DJL: flat alone)", ECHO + "/infer", infer(X + "[[1,2]]}"), 200, "/outputs/0/data=[1,2]"));
        rows.add(post(
                "only the outputs that are asked for",
                ECHO + "/infer",
                infer(X + "[1,2]}", """
                        "outputs":[{"name":"score"}]"""),
                200,
                "/outputs/0/name=\"score\"",
                "/outputs/1="));
        rows.add(post("classification", ECHO + "/infer", infer(X + "[1,2]}", """
                "outputs":[{"name":"score","parameters":{"classification":2}}]"""), 200, """
                        /outputs/0={"name":"score","datatype":"BYTES","shape":[2],"data":["0.625:1","0.25:0"]}"""));
        rows.add(post(
                "parameters of all kinds", ECHO + "/infer", infer(X + "[1,2]}", """
                        "parameters":{"timeout":5000000,"priority":1,"mine":"x","b":true,"f":0.5}"""), 200, "/outputs/0/data=[1,2]"));
    }

    private static void functions(List<Row> rows) {
        rows.add(post(
                "one call for each element",
                "/v2/models/fib/infer",
                infer(input("n", "[3]", "INT32", "[10,20,90]"), "\"id\":\"f\""),
                200,
                "/model_name=\"fib\"",
                "/model_version=",
                "/id=\"f\"",
                """
                /outputs=[{"name":"result","datatype":"INT64","shape":[3],\
                "data":[55,6765,2880067194370816120]}]"""));
        rows.add(post(
                "past 63 bits it is unsigned",
                "/v2/models/fib/infer",
                infer(input("n", "[1]", "INT64", "[93]")),
                200,
                """
                /outputs/0={"name":"result","datatype":"UINT64","shape":[1],"data":[12200160415121876738]}"""));
        rows.add(post(
                "past 64 bits it is text",
                "/v2/models/fib/infer",
                infer(input("n", "[1]", "INT64", "[100]")),
                200,
                "/outputs/0/datatype=\"BYTES\"",
                "/outputs/0/data=[\"354224848179261915075\"]"));
        rows.add(post(
                "a list is a tensor",
                "/v2/models/mean/infer",
                infer(input("xs", "[4]", "FP64", "[1,2,3,4]")),
                200,
                """
                /outputs/0={"name":"result","datatype":"FP64","shape":[1],"data":[2.5]}"""));
        rows.add(post(
                "rows of lists are calls",
                "/v2/models/mean/infer",
                infer(input("xs", "[2,2]", "FP32", "[[1,2],[3,4]]")),
                200,
                "/outputs/0/data=[1.5,3.5]",
                "/outputs/0/shape=[2]"));
        rows.add(post(
                "strings, and an object's fields",
                "/v2/models/greet/infer",
                infer(input("name", "[2]", "BYTES", """
                        ["Ann","Bo"]""") + "," + input("times", "[2]", "INT32", "[1,2]"), """
                                "outputs":[{"name":"length"},{"name":"text"}]"""),
                200,
                """
                /outputs/0={"name":"length","datatype":"INT64","shape":[2],"data":[6,7]}""",
                """
                /outputs/1={"name":"text","datatype":"BYTES","shape":[2],"data":["hi Ann","hi BoBo"]}"""));
        rows.add(post(
                "a single value goes with every call",
                "/v2/models/greet/infer",
                infer(input("name", "[2]", "BYTES", """
                        ["A","B"]""") + "," + input("times", "[]", "INT32", "[3]")),
                200,
                "/outputs/0/data=[\"hi AAA\",\"hi BBB\"]"));
        rows.add(post(
                "a function in Python",
                "/v2/models/python/infer",
                infer(input("n", "[2]", "INT64", "[1,7]")),
                200,
                "/outputs/0/data=[1,13]"));
        rows.add(post(
                "what fits no datatype is JSON",
                "/v2/models/rows/infer",
                infer(input("n", "[2]", "INT64", "[0,1]")),
                200,
                """
                /outputs/0={"name":"result","datatype":"BYTES","shape":[2],"data":["[1]","[1,null]"]}"""));
        rows.add(post("a busy worker", "/v2/models/busy/infer", infer(""), 503, "/error~busy"));
        rows.add(post(
                "a broken worker, without its words",
                "/v2/models/broken/infer",
                infer(""),
                500,
                "/error~the worker itself failed"));
    }

    private static void badInput(List<Row> rows) {
        for (String path : List.of("/v2/models/echo/infer", "/v2/models/fib/infer")) {
            rows.add(post("not JSON at " + path, path, "{\"inputs\":[", 400, "/error~line 1"));
            rows.add(post("no body at " + path, path, "", 400, "/error=\"the body is empty\""));
            rows.add(post("no inputs at " + path, path, "{}", 400, "/error~inputs are missing"));
            rows.add(post(
                    "NaN at " + path, path, infer(input("X", "[1]", "FP32", "[NaN]")), 400, "/error~JSON has no NaN"));
            rows.add(post(
                    "an unknown input at " + path,
                    path,
                    infer(input("X", "[1,2]", "INT64", "[1,2]") + "," + input("Z", "[1]", "BOOL", "[true]")),
                    400,
                    "/error~tensor '"));
        }
        String echo = ECHO + "/infer";
        rows.add(post(
                "too few elements",
                echo,
                infer(X + "[1]}"),
                400,
                "/error=\"tensor 'X': expected 2 elements for its shape [1, 2], got 1\""));
        rows.add(post(
                "a wrong element",
                echo,
                infer(X + "[1,\\\"b\\\"]}".replace("\\", "")),
                400,
                "/error~expected INT64 at element 1, got"));
        rows.add(post(
                "a wrong datatype",
                echo,
                infer(input("X", "[1,2]", "FP32", "[1,2]")),
                400,
                "/error=\"tensor 'X': expected INT64, got FP32\""));
        rows.add(post(
                "a wrong rank",
                echo,
                infer(input("X", "[2]", "INT64", "[1,2]")),
                400,
                "/error~expected 2 dimensions [-1, 2], got 1 [2]"));
        rows.add(post(
                "a wrong shape",
                echo,
                infer(input("X", "[1,3]", "INT64", "[1,2,3]")),
                400,
                "/error~expected the shape [-1, 2], got [1, 3]"));
        rows.add(post(
                "a missing input",
                echo,
                infer(""),
                400,
                "/error=\"the input 'X' is missing; the model takes X INT64 [-1, 2]\""));
        rows.add(post(
                "an unknown output",
                echo,
                infer(X + "[1,2]}", """
                        "outputs":[{"name":"Q"}]"""),
                400,
                "/error=\"there is no output 'Q'; the model has Y, score\""));
        rows.add(post(
                "an unknown version",
                "/v2/models/echo/versions/9/infer",
                infer(X + "[1,2]}"),
                404,
                "/error~has no version '9'"));
        for (String name : List.of("%2e%2e", "..%2F..%2Fecho", "a%2Fb%2Fc", "n".repeat(300))) {
            rows.add(post(
                    "a name that no model can have, " + name.substring(0, 6),
                    "/v2/models/" + name + "/infer",
                    infer(X + "[1,2]}"),
                    404,
                    "/error~"));
        }
        rows.add(post("an invalid timeout", echo, infer(X + "[1,2]}", """
                "parameters":{"timeout":"soon"}"""), 400, "/error~parameters.timeout"));
        rows.add(post(
                "a missing argument",
                "/v2/models/fib/infer",
                infer(""),
                400,
                "/error=\"missing a required argument: 'n'\""));
        rows.add(post(
                "a wrong argument",
                "/v2/models/fib/infer",
                infer(input("n", "[1]", "BYTES", """
                        ["x"]""")),
                400,
                "/error=\"argument 'n' must be int\""));
        rows.add(post(
                "an unknown argument",
                "/v2/models/fib/infer",
                infer(input("m", "[1]", "INT32", "[1]")),
                400,
                "/error=\"tensor 'm': expected one of the inputs [n], got another\""));
        rows.add(post(
                "an argument of too many dimensions",
                "/v2/models/fib/infer",
                infer(input("n", "[1,1]", "INT32", "[1]")),
                400,
                "/error~expected 0 or 1 dimensions, got [1, 1]"));
        rows.add(post(
                "arguments of unequal lengths",
                "/v2/models/greet/infer",
                infer(input("name", "[1]", "BYTES", """
                        ["x"]""") + "," + input("times", "[2]", "INT32", "[1,2]")),
                400,
                "/error~as many rows"));
        rows.add(post(
                "more calls than are made",
                "/v2/models/fib/infer",
                infer(input("n", "[1001]", "INT32", "[" + "1,".repeat(1000) + "1]")),
                400,
                "/error~1 to 1000 elements"));
        rows.add(post(
                "an output that a function has not",
                "/v2/models/fib/infer",
                infer(input("n", "[1]", "INT32", "[1]"), """
                        "outputs":[{"name":"Q"}]"""),
                400,
                "/error~there is no output 'Q'"));
    }

    private static void repository(List<Row> rows) {
        rows.add(post("the index", "/v2/repository/index", "", 200, """
                ~{"name":"echo","version":"1","state":"READY","reason":""}""", """
                        ~{"name":"fib","state":"READY","reason":""}"""));
        rows.add(post("the index of what is ready", "/v2/repository/index", """
                {"ready":true}""", 200, "~\"echo\""));
        rows.add(post("an index with a wrong wish", "/v2/repository/index", """
                {"ready":1}""", 400, "/error~ready"));
        rows.add(post("loading what is loaded", "/v2/repository/models/echo/load", "{}", 200));
        rows.add(post("loading a function", "/v2/repository/models/fib/load", "", 200));
        rows.add(post("unloading a function", "/v2/repository/models/fib/unload", "", 400, "/error~always loaded"));
        rows.add(post("loading what is not there", "/v2/repository/models/nope/load", "", 404, "/error~no model"));
        rows.add(post("loading with a file", "/v2/repository/models/echo/load", """
                {"parameters":{"config":"{}","file:1/m.onnx":""}}""", 501, "/error~uploaded"));
        rows.add(post(
                "loading with another parameter",
                "/v2/repository/models/echo/load",
                """
                {"parameters":{"x":1}}""",
                400,
                "/error=\"there is no parameter x\""));
        rows.add(post("a repository by name", "/v2/repository/mine/index", "", 501, "/error~no names"));
        rows.add(post(
                "a model of a repository by name", "/v2/repository/mine/models/echo/load", "", 501, "/error~no names"));
        rows.add(get("a wrong verb of the index", "/v2/repository/index", 405, "/error~takes POST"));
    }

    @ParameterizedTest
    @MethodSource("sentences")
    void itIsAsTheProtocolSays(Row row) {
        LiveRouter.Answer answer = LIVE.send(row.method(), row.path(), HttpRequest.BodyPublishers.ofString(row.body()));

        assertThat(answer.status()).as(answer.body()).isEqualTo(row.status());
        if (row.status() >= 400) {
            assertThat(answer.json().size()).isEqualTo(1);
            assertThat(answer.header("X-Error-Code")).isNotEmpty();
        }
        row.expected().forEach(expected -> check(answer, expected));
    }

    private static void check(LiveRouter.Answer answer, String expected) {
        int exact = expected.indexOf('=');
        int part = expected.indexOf('~');
        int sign = part >= 0 && (exact < 0 || part < exact) ? part : exact;
        JsonNode node = answer.json().at(expected.substring(0, sign));
        String value = expected.substring(sign + 1);
        if (sign == part) {
            assertThat(node.isTextual() ? node.asText() : node.toString()).contains(value);
        } else {
            assertThat(node.isMissingNode() ? "" : node.toString()).isEqualTo(value);
        }
    }
}
