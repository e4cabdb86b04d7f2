package dev.foretell.router.http.fractal;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code GET /} greets, {@code GET /help} helps. */
final class Welcome {
    private static final String GREETING =
            "Greetings from Foretell, the Machine Learning model server. For more information, visit /help";

    private static final Buffer PAGE = Buffer.buffer("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
            + "<title>Foretell</title></head><body><h1>Foretell</h1>\n<p>A prediction router; it runs.</p>\n<ul>"
            + "<li><a href=\"/help\">/help</a>: models and predictions</li>"
            + "<li><a href=\"/openapi.yaml\">/openapi.yaml</a>: all calls</li>"
            + "<li><a href=\"/metrics\">/metrics</a>: what is measured</li></ul></body></html>\n");

    private static final Map<String, String> CALLS = calls();

    private Welcome() {}

    private static Map<String, String> calls() {
        Map<String, String> calls = new LinkedHashMap<>();
        calls.put("GET /api/v1/models", "the models");
        calls.put("GET /api/v1/models/information", "the models with their descriptions");
        calls.put("GET /api/v1/models/iris.onnx", "a model, its versions, what it takes");
        calls.put("PUT /api/v1/models/iris.onnx", "upload a model, or replace it: curl -F \"path=@iris.onnx\"");
        calls.put("POST /api/v1/models/iris.onnx", "describe it: {\"model_description\": \"...\"}");
        calls.put("DELETE /api/v1/models/iris.onnx", "delete it");
        calls.put("GET /api/v1/models/iris.onnx/download", "its file");
        calls.put(
                "GET or POST /api/v1/models/iris.onnx/prediction",
                "predict: {\"values\": [2, 5, 1, 4]}, or an image: curl -F \"file=@dog.jpeg\"");
        calls.put("POST /api/test/sendtomodelhost", "see who works: {\"data\": [\"ONE\", \"TWO\"]}");
        calls.put("GET /v1/workers", "the workers and their state");
        calls.put("GET /metrics", "what is measured, for Prometheus");
        calls.put("GET /openapi.yaml", "all calls there are");
        return calls;
    }

    static Future<Object> greet(RoutingContext ctx) {
        String accept = ctx.request().getHeader(HttpHeaders.ACCEPT);
        if (accept != null && accept.contains("text/html")) {
            ctx.response().putHeader(HttpHeaders.CONTENT_TYPE, "text/html; charset=utf-8");
            return Future.succeededFuture(PAGE);
        }
        return Future.succeededFuture(HttpStatus.ok(GREETING).answer());
    }

    static Future<Object> help(RoutingContext ctx) {
        List<Map<String, String>> help = new ArrayList<>();
        CALLS.forEach((call, does) -> {
            Map<String, String> line = new LinkedHashMap<>();
            line.put("call", call);
            line.put("does", does);
            help.add(line);
        });
        return Future.succeededFuture(HttpStatus.ok("OK").with("help", help));
    }
}
