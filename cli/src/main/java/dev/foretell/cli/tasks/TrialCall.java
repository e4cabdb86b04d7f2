package dev.foretell.cli.tasks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.foretell.cli.client.Reply;
import dev.foretell.cli.client.RouterHttp;
import dev.foretell.cli.terminal.CommandFailure;
import dev.foretell.cli.terminal.Exit;
import dev.foretell.commons.json.Json;
import java.io.PrintWriter;

/** Calls a model that has just been trained, with the first row of its table. */
final class TrialCall {
    private static final String PREDICT = "/v1/AI_model/predict";

    private final RouterHttp router;
    private final PrintWriter out;

    TrialCall(RouterHttp router, PrintWriter out) {
        this.router = router;
        this.out = out;
    }

    /** Prints the call and its answer; the exit code. */
    int make(String model, JsonNode task) {
        String version = task.path("result").path("served").path("version").asText();
        ObjectNode call = Json.MAPPER.createObjectNode().put("modelId", model + ":" + version);
        call.set("data", task.path("result").path("sample"));
        String body = Json.writeText(call);
        out.println("  call        curl -s " + router.url() + PREDICT + " -d '" + body.replace("'", "'\\''") + "'");
        Reply reply = router.post(PREDICT, body);
        if (!reply.isOk()) {
            throw CommandFailure.of(reply.problem());
        }
        out.println("  answer      " + reply.body());
        return Exit.OK;
    }
}
