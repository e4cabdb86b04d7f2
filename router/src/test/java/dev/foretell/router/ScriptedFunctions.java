package dev.foretell.router;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.commons.json.Json;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/** A worker with a few functions, typed as a Java worker says it, and one as a Python worker does. */
final class ScriptedFunctions {
    static final String INDEX = """
            {"app":"functions","version":"1","functions":{
             "fib":{"path":"/fib","parameters":[{"name":"n","type":"int","schema":{"type":"integer"}}],"result":{"type":"integer"}},
             "mean":{"path":"/mean","parameters":[{"name":"xs","type":"double[]","schema":{"type":"array","items":{"type":"number"}}}],
                     "result":{"type":"number"}},
             "greet":{"path":"/greet","parameters":[{"name":"name","type":"String","schema":{"type":"string"}},
                     {"name":"times","type":"int","schema":{"type":"integer"},"default":1}],
                     "result":{"type":"object","properties":{"text":{"type":"string"},"length":{"type":"integer"}}}},
             "python":{"path":"/python","parameters":[{"name":"n","kind":"POSITIONAL_OR_KEYWORD"}]},
             "busy":{"path":"/busy"}, "broken":{"path":"/broken"}, "rows":{"path":"/rows"}}}""";

    private ScriptedFunctions() {}

    static void play(FakeWorker.Call call) throws IOException {
        JsonNode data = Json.readTree(call.body().getBytes(StandardCharsets.UTF_8));
        switch (call.path()) {
            case "/fib", "/python" -> number(call, data.path("n"));
            case "/mean" -> call.answer(200, Double.toString(mean(data.path("xs"))));
            case "/greet" -> greet(call, data);
            case "/busy" -> call.answer(503, "{}", "Retry-After", "7");
            case "/rows" -> call.answer(200, data.path("n").asInt() == 0 ? "[1]" : "[1,null]");
            default -> call.answer(500, """
                    {"error":"secret"}""");
        }
    }

    private static void number(FakeWorker.Call call, JsonNode n) throws IOException {
        if (n.isMissingNode()) {
            call.answer(422, """
                    {"error":"missing a required argument: 'n'"}""");
        } else if (!n.isInt() || n.intValue() < 0) {
            call.answer(422, """
                    {"error":"argument 'n' must be int"}""");
        } else {
            call.answer(200, fib(n.intValue()).toString());
        }
    }

    private static BigInteger fib(int n) {
        BigInteger a = BigInteger.ZERO;
        BigInteger b = BigInteger.ONE;
        for (int i = 0; i < n; i++) {
            BigInteger sum = a.add(b);
            a = b;
            b = sum;
        }
        return a;
    }

    private static double mean(JsonNode xs) {
        double sum = 0;
        for (JsonNode x : xs) {
            sum += x.asDouble();
        }
        return sum / xs.size();
    }

    private static void greet(FakeWorker.Call call, JsonNode data) throws IOException {
        String text =
                "hi " + data.path("name").asText().repeat(data.path("times").asInt(1));
        call.answer(200, """
                {"text":"%s","length":%s}""".formatted(text, text.length()));
    }
}
