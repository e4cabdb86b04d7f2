package dev.foretell.router.http.fractal;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/** {@code GET /} greets, and sends browsers to the dashboard; {@code GET /help} lists the calls. */
final class Welcome {
    private static final String GREETING =
            "Greetings from Foretell, the Machine Learning model server. For more information, visit /help";

    private static final Buffer PAGE = Buffer.buffer("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
            + "<title>Foretell</title></head><body><h1>Foretell</h1>\n"
            + "<p>A prediction router; it runs. Your first model is two calls away: "
            + "<code>curl localhost:8000/train_decision_tree</code> fits a tree to Iris, "
            + "<code>curl localhost:8000/serve_decision_tree -d '{\"data\": [5.1, 3.5, 1.4, 0.2]}'</code> predicts.</p>\n<ul>"
            + "<li><a href=\"/ui/\">/ui/</a>: the dashboard</li>"
            + "<li><a href=\"/help\">/help</a>: models and predictions</li>"
            + "<li><a href=\"/openapi.yaml\">/openapi.yaml</a>: all calls</li>"
            + "<li><a href=\"/metrics\">/metrics</a>: metrics</li></ul></body></html>\n");

    private static final Help HELP = new Help(
            HttpStatus.ok("OK"),
            List.of(
                    new Call("GET /api/v1/models", "the models"),
                    new Call("GET /api/v1/models/information", "the models with their descriptions"),
                    new Call("GET /api/v1/models/iris.onnx", "a model, its versions and inputs"),
                    new Call(
                            "PUT /api/v1/models/iris.onnx",
                            "upload a model, or replace it: curl -F \"path=@iris.onnx\""),
                    new Call("POST /api/v1/models/iris.onnx", "describe it: {\"model_description\": \"...\"}"),
                    new Call("DELETE /api/v1/models/iris.onnx", "delete it"),
                    new Call("GET /api/v1/models/iris.onnx/download", "its file"),
                    new Call(
                            "GET or POST /api/v1/models/iris.onnx/prediction",
                            "predict: {\"values\": [2, 5, 1, 4]}, or an image: curl -F \"file=@dog.jpeg\""),
                    new Call("POST /api/test/sendtomodelhost", "see who works: {\"data\": [\"ONE\", \"TWO\"]}"),
                    new Call("GET /v1/workers", "the workers and their state"),
                    new Call("GET /metrics", "metrics for Prometheus"),
                    new Call("GET /openapi.yaml", "all calls")));

    /** The response of {@code GET /help}. */
    private record Help(@JsonProperty("http_status") HttpStatus status, List<Call> help) {}

    private record Call(String call, String does) {}

    private Welcome() {}

    static Future<Object> greet(RoutingContext ctx) {
        String accept = ctx.request().getHeader(HttpHeaders.ACCEPT);
        if (accept != null && accept.contains("text/html")) {
            ctx.response()
                    .setStatusCode(302)
                    .putHeader(HttpHeaders.LOCATION, "/ui/")
                    .putHeader(HttpHeaders.VARY, "Accept")
                    .putHeader(HttpHeaders.CONTENT_TYPE, "text/html; charset=utf-8");
            return Future.succeededFuture(PAGE);
        }
        return Future.succeededFuture(new HttpStatus.Alone(HttpStatus.ok(GREETING)));
    }

    static Future<Object> help(RoutingContext ctx) {
        return Future.succeededFuture(HELP);
    }
}
