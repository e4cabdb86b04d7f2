package dev.foretell.router.http.fractal;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.json.Json;
import dev.foretell.router.http.models.UploadForm;
import dev.foretell.router.http.tasks.OrderQueue;
import dev.foretell.router.http.tasks.TaskServices;
import dev.foretell.router.tasks.TaskFiles;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * {@code /api/v1/train}: a script and a data set, of which the model is uploaded by itself. The script is a source file of a
 * {@code TrainFunction}, and the training a task of the kind {@code code}; its model replaces the version that serves.
 */
final class TrainApi {
    /** @param task id of the task below {@code /v1/tasks} */
    private record Queued(@JsonProperty("http_status") HttpStatus status, String tag, String task) {}

    private final TaskFiles files;
    private final OrderQueue orders;

    TrainApi(TaskServices tasks) {
        this.files = tasks.files();
        this.orders = new OrderQueue(tasks);
    }

    /** The data set is the body, or the file of a form; script and parameters are fields of the form, or of the query. */
    Future<Object> train(RoutingContext ctx) {
        String tag = ctx.pathParam("tag");
        String model = OnnxName.ours(ctx.pathParam("name"));
        return UploadForm.read(
                        ctx.request(),
                        files::requireFits,
                        (data, fields) -> files.receive(data).map(stored -> {
                            MultiMap values = MultiMap.caseInsensitiveMultiMap()
                                    .setAll(ctx.queryParams())
                                    .addAll(fields.get());
                            return order(tag, model, stored.digest(), values);
                        }))
                .compose(order -> orders.queue(order, ""))
                .map(task -> new Queued(HttpStatus.ok("Training queued"), tag, task.id()));
    }

    private static ObjectNode order(String tag, String model, String digest, MultiMap values) {
        ObjectNode order = Json.MAPPER.createObjectNode().put("kind", "code").put("name", tag + "/" + model);
        ObjectNode code = order.putObject("parameters").put("source", values.get("script"));
        JsonNode parameters = parameters(values.get("parameters"));
        if (!parameters.isEmpty()) {
            code.set("parameters", parameters);
        }
        order.putObject("data").put("digest", digest);
        order.putObject("serve").put("model", model).put("as", "promote");
        return order;
    }

    private static JsonNode parameters(@Nullable String json) {
        if (json == null) {
            return Json.MAPPER.createObjectNode();
        }
        JsonNode parameters = Json.readTree(json.getBytes(StandardCharsets.UTF_8));
        if (!parameters.isObject()) {
            throw new ServingException(FailureKind.INVALID_INPUT, "parameters must be a JSON object");
        }
        return parameters;
    }
}
