package dev.foretell.worker.training.trainer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.foretell.commons.json.Json;
import dev.foretell.worker.training.job.TaskOutput;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reports one task to the router periodically, on a thread of its own, until it is closed or the trainer has lost the task.
 */
final class Heartbeats implements AutoCloseable {
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(10);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final RouterCalls router;
    private final String path;
    private final Claim claim;
    private final TaskOutput output;
    private final Runnable onLoss;
    private final Thread thread;
    private final Duration pause;
    private volatile boolean isClosed;
    private @Nullable String told;
    private @Nullable JsonNode refused;
    private boolean isShort;

    /**
     * @param onLoss called once, on the thread of heartbeats, when the trainer has lost the task or a caller has cancelled it
     */
    Heartbeats(RouterCalls router, String trainer, Claim claim, TaskOutput output, Runnable onLoss) {
        this.router = router;
        this.path = "/v1/trainers/" + trainer + "/tasks/" + claim.id() + "/heartbeat";
        this.claim = claim;
        this.output = output;
        this.onLoss = onLoss;
        Duration quarter = claim.lease().dividedBy(4);
        this.pause = Collections.max(List.of(SHORTEST_PAUSE, Collections.min(List.of(quarter, LONGEST_PAUSE))));
        this.thread = new Thread(this::run, "heartbeats-" + claim.id());
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    private void run() {
        try {
            while (!isClosed) {
                if (!beat()) {
                    onLoss.run();
                    return;
                }
                Thread.sleep(pause.toMillis());
            }
        } catch (InterruptedException closed) {
            // It is closed.
        }
    }

    /** Whether the trainer still has the task, by the last response of a router. */
    private boolean beat() throws InterruptedException {
        List<String> lines = isShort ? List.of() : output.takeLines();
        // Read before the checkpoint: what the progress tells of, the checkpoint has.
        JsonNode progress = output.progress();
        String checkpoint = output.checkpoint();
        try {
            RouterCalls.Reply reply = router.post(path, body(lines, progress, checkpoint), PATIENCE);
            if (reply.isOk()) {
                told = checkpoint;
                isShort = false;
            } else if (reply.isOfContent()) {
                leaveOut(progress, checkpoint, reply.detail());
            } else {
                output.giveBack(lines);
            }
            return !isLost(reply);
        } catch (IOException away) {
            output.giveBack(lines);
            return true;
        }
    }

    /** Said again, it would be refused until the lease is over and the task lost: first the log is left out, then all else. */
    private void leaveOut(@Nullable JsonNode progress, @Nullable String checkpoint, String why) {
        output.add("(a report to the router was left out: " + why + ")");
        if (isShort) {
            told = checkpoint;
            refused = progress;
        }
        isShort = !isShort;
    }

    private static boolean isLost(RouterCalls.Reply reply) {
        return reply.status() == 409 || (reply.status() == 404 && reply.body().has("code"));
    }

    private ObjectNode body(List<String> lines, @Nullable JsonNode progress, @Nullable String checkpoint) {
        ObjectNode body = Json.MAPPER.createObjectNode().put("fence", claim.fence());
        ArrayNode log = body.putArray("log");
        lines.forEach(log::add);
        if (progress != null && !progress.equals(refused)) {
            body.set("progress", progress);
        }
        if (checkpoint != null && !Objects.equals(checkpoint, told)) {
            body.put("checkpoint", checkpoint);
        }
        return body;
    }

    @Override
    public void close() {
        isClosed = true;
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
