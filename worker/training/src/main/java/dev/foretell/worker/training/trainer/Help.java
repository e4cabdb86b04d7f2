package dev.foretell.worker.training.trainer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.foretell.commons.json.Json;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Helps with the searches of other trainers while places are free, one search at a time, on a thread of its own until it is closed. A
 * task that waits finds a free place as before: then there is one fewer for trials.
 */
final class Help implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Help.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    /** What broke once may break again. */
    private static final Duration AFTER_FAILURE = Duration.ofMinutes(1);

    private static final Duration WAIT = Duration.ofSeconds(20);
    private static final Duration PATIENCE = WAIT.plusSeconds(10);
    private static final Duration STOP = Duration.ofSeconds(10);

    private final TrainerConfig config;
    private final RouterCalls router;
    private final PlaceCount places;
    private final Thread thread;

    private Help(TrainerConfig config, RouterCalls router, PlaceCount places) {
        this.config = config;
        this.router = router;
        this.places = places;
        this.thread = new Thread(this::run, "help");
        thread.setDaemon(true);
    }

    static Help start(TrainerConfig config, RouterCalls router, PlaceCount places) {
        Help help = new Help(config, router, places);
        help.thread.start();
        return help;
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                Duration pause = helpOnce() ? PAUSE : AFTER_FAILURE;
                Thread.sleep(pause.toMillis() + ThreadLocalRandom.current().nextLong(PAUSE.toMillis() / 2));
            }
        } catch (InterruptedException closed) {
            // It is closed.
        }
    }

    private boolean helpOnce() throws InterruptedException {
        int free = places.forOthers();
        if (free == 0) {
            return true;
        }
        ObjectNode body = Json.MAPPER
                .createObjectNode()
                .put("software", TrialOffers.software())
                .put("places", free);
        RouterCalls.Reply found = find(body);
        if (!found.body().has("trials")) {
            return true;
        }
        try {
            return new HelpedSearch(config, router, Claim.of(found.body()), places::forOthers).run();
        } catch (IOException e) {
            LOG.warn("A search could not be helped with, the next try is in a minute: {}", e.toString());
            return false;
        } catch (RuntimeException e) {
            LOG.warn("A search could not be helped with", e);
            return false;
        }
    }

    private RouterCalls.Reply find(ObjectNode body) throws InterruptedException {
        try {
            return router.post("/v1/trainers/" + config.name() + "/trials", body, PATIENCE);
        } catch (IOException away) {
            return RouterCalls.away();
        }
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(STOP.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
