package dev.foretell.router;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A host with the model {@code echo}, of which there are two versions, and a worker with functions. */
final class OipStage {
    static final String ECHO = "/v2/models/echo/versions/2";
    static final String X = """
            {"name":"X","shape":[1,2],"datatype":"INT64","data":""";

    private OipStage() {}

    /** Makes them all that there is, and waits until they are ready. */
    static void serve(LiveRouter live, FakeHost host, FakeWorker functions) {
        functions.says(ScriptedFunctions.INDEX);
        live.replace(Stream.of("fib", "mean", "greet", "python", "busy", "broken", "rows")
                .map(name -> "\"" + name + "\":[" + functions.entry() + "]")
                .collect(Collectors.joining(",", """
                        {"hosts":{"onnx":[%s]},"AI":{""".formatted(host.entry()), "}}")));
        HostedModels.register(live, "echo", 2, EchoModel.INPUTS, EchoModel.OUTPUTS);
        Awaitility.await().until(() -> live.get("/v2/health/ready").status() == 200);
    }

    /** A request with these inputs. */
    static String infer(String inputs, String... more) {
        return """
                {"inputs":[%s]%s}""".formatted(inputs, Stream.of(more).map(part -> "," + part).reduce("", String::concat));
    }

    static String input(String name, String shape, String datatype, String data) {
        return """
                {"name":"%s","shape":%s,"datatype":"%s","data":%s}""".formatted(name, shape, datatype, data);
    }
}
