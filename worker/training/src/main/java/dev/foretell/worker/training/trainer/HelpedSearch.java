package dev.foretell.worker.training.trainer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.foretell.commons.json.Json;
import dev.foretell.worker.training.job.TaskFolder;
import dev.foretell.worker.training.job.TaskMain;
import dev.foretell.worker.training.job.TaskOutput;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trials of a search that another trainer runs, tried in a process of their own, from the first trials to the end of the search or of
 * the free places. Used once, by one thread.
 */
final class HelpedSearch {
    private static final Logger LOG = LoggerFactory.getLogger(HelpedSearch.class);
    private static final Duration LOOK = Duration.ofMillis(50);
    private static final Duration BEAT = Duration.ofSeconds(1);
    private static final Duration HUNGRY = Duration.ofMillis(250);
    private static final Duration IDLE = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int LEASES = 3;

    private final TrainerConfig config;
    private final RouterCalls router;
    private final Claim search;
    private final IntSupplier places;
    private final TaskOutput output = new TaskOutput();
    private final List<JsonNode> ended = new ArrayList<>();
    private List<JsonNode> held;
    private boolean isOver;
    private long heardNanos = System.nanoTime();
    private long toldNanos = System.nanoTime() - HUNGRY.multipliedBy(8).toNanos();
    private long busyNanos = System.nanoTime();

    /**
     * @param search with its first trials, as the router gave it
     * @param places how many trials may be tried at once here, at this moment
     */
    HelpedSearch(TrainerConfig config, RouterCalls router, Claim search, IntSupplier places) {
        this.config = config;
        this.router = router;
        this.search = search;
        this.places = places;
        this.held = trials(search.task());
    }

    private static List<JsonNode> trials(JsonNode search) {
        List<JsonNode> trials = new ArrayList<>();
        search.path("trials").forEach(trials::add);
        return trials;
    }

    /** Returns whether its process did what it should: it did not end by itself. */
    boolean run() throws IOException, InterruptedException {
        try (TaskFolder folder = TaskFolder.create(config.folder())) {
            RouterCalls.Reply data = router.fetch(search.data(), folder.file(TaskFolder.DATA));
            if (!data.isOk()) {
                LOG.warn("The search {} cannot be helped with: {}", search.id(), data.detail());
                return false;
            }
            ObjectNode order = Json.MAPPER.createObjectNode().put("kind", TaskMain.HELP);
            order.set("parameters", search.task().path("parameters"));
            Files.write(folder.file(TaskFolder.TASK), Json.write(order));
            TaskProcess process = TaskProcess.start(
                    config.commands().priority(), config.command(), folder.path(), search.memoryMb(), output);
            try {
                return serve(process);
            } finally {
                process.kill();
            }
        } finally {
            giveBack();
        }
    }

    private boolean serve(TaskProcess process) throws InterruptedException {
        LOG.info("Helps with the search {}", search.id());
        while (!process.await(LOOK)) {
            ended.addAll(output.takeTrials());
            int free = places.getAsInt();
            if (free == 0 || isIdle()) {
                return true;
            }
            if (isDue(free)) {
                report(free);
                process.tell(line());
            }
            if (isOver) {
                LOG.info("The search {} needs no more help", search.id());
                return true;
            }
        }
        LOG.warn("The process that helped with the search {} ended: {}", search.id(), output.lastWords());
        return false;
    }

    private boolean isIdle() {
        long now = System.nanoTime();
        busyNanos = held.isEmpty() ? busyNanos : now;
        return now - busyNanos > IDLE.toNanos()
                || now - heardNanos > LEASES * search.lease().toNanos();
    }

    private boolean isDue(int free) {
        long since = System.nanoTime() - toldNanos;
        return !ended.isEmpty()
                || since > BEAT.toNanos()
                || held.size() > free
                || held.size() < free && since > HUNGRY.toNanos();
    }

    private JsonNode line() {
        ObjectNode line = Json.MAPPER.createObjectNode();
        held.forEach(line.putArray("trials")::add);
        return line;
    }

    /** A report that no router takes is made again with the next one. */
    private void report(int free) throws InterruptedException {
        toldNanos = System.nanoTime();
        held = List.copyOf(held.subList(0, Math.min(free, held.size())));
        try {
            RouterCalls.Reply reply = router.post(path(), body(free), PATIENCE);
            if (reply.isOk()) {
                ended.clear();
                heardNanos = System.nanoTime();
                isOver = !reply.body().has("trials");
                held = trials(reply.body());
            }
        } catch (IOException away) {
            // The leases go on for a while.
        }
    }

    private String path() {
        return "/v1/trainers/" + config.name() + "/trials";
    }

    private ObjectNode body(int free) {
        ObjectNode body = Json.MAPPER
                .createObjectNode()
                .put("software", TrialOffers.software())
                .put("places", free)
                .put("task", search.id())
                .put("fence", search.fence());
        ArrayNode working = body.putArray("working");
        for (JsonNode trial : held) {
            if (ended.stream().noneMatch(done -> done.path("token").equals(trial.path("token")))) {
                working.addObject()
                        .put("trial", trial.path("trial").asInt())
                        .put("token", trial.path("token").asLong());
            }
        }
        ended.forEach(body.putArray("ended")::add);
        return body;
    }

    /** Others may have its trials at once. Without an answer the leases decide. */
    private void giveBack() throws InterruptedException {
        if (!isOver) {
            boolean wasInterrupted = Thread.interrupted();
            held = List.of();
            report(0);
            if (wasInterrupted) {
                throw new InterruptedException();
            }
        }
    }
}
