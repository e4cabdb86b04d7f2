package dev.foretell.worker.training.trainer;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.foretell.commons.json.Json;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Claims tasks from a router and runs each in a process of its own, up to a maximum number at once. Closing it ends the
 * processes and gives their tasks back to the queue.
 */
public final class Trainer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Trainer.class);
    private static final Duration WAIT = Duration.ofSeconds(20);
    private static final Duration PATIENCE = WAIT.plusSeconds(10);
    private static final Duration FAREWELL = Duration.ofSeconds(2);
    private static final long PAUSE_MS = 1000;

    private final TrainerConfig config;
    private final TrainerFolder folder;
    private final RouterCalls router;
    private final List<Thread> places = new ArrayList<>();
    private final PlaceCount count;
    private final Help help;
    private volatile boolean isClosed;
    private volatile boolean isAway;

    private Trainer(TrainerConfig config, TrainerFolder folder) {
        this.config = config;
        this.folder = folder;
        this.router = new RouterCalls(config.routers(), config.token());
        this.count = new PlaceCount(config.places());
        this.help = Help.start(config, router, count);
    }

    /**
     * Waits for a router that does not respond.
     *
     * @throws IOException if the folder for the files of tasks cannot be created or written
     */
    public static Trainer start(TrainerConfig config) throws IOException {
        TrainerFolder folder = TrainerFolder.create(config.folder());
        Trainer trainer = new Trainer(config.within(folder.path()), folder);
        for (int place = 1; place <= config.places(); place++) {
            Thread thread = new Thread(trainer::serve, "place-" + place);
            trainer.places.add(thread);
            thread.start();
        }
        LOG.info("Trainer {} takes tasks from {}, {} at once", config.name(), config.routers(), config.places());
        return trainer;
    }

    private void serve() {
        try {
            while (!isClosed) {
                serveNext();
            }
        } catch (InterruptedException closed) {
            // The trainer is closed.
        }
    }

    /** A trainer that cannot run a task, on a full disk for example, pauses before it claims the next one. */
    private void serveNext() throws InterruptedException {
        try {
            serveOne();
        } catch (IOException | RuntimeException e) {
            LOG.warn("A task could not be run", e);
            pause();
        }
    }

    private void serveOne() throws IOException, InterruptedException {
        RouterCalls.Reply reply = claim();
        if (reply.status() == 200) {
            Claim claim = Claim.of(reply.body());
            LOG.info("Task {} begins", claim.id());
            try (PlaceCount.Place place = count.begin(claim.isSearch())) {
                new ClaimedTask(config, router, claim, place::places, () -> isClosed).run();
            }
        } else if (reply.status() != 204) {
            tellOnce(reply.detail());
            pause();
        }
    }

    private RouterCalls.Reply claim() throws InterruptedException {
        try {
            RouterCalls.Reply reply = router.post(path(), body(), PATIENCE);
            isAway = isAway && !reply.isOk();
            return reply;
        } catch (IOException e) {
            return new RouterCalls.Reply(
                    503, Json.MAPPER.createObjectNode().put("detail", "no router answers at " + config.routers()));
        }
    }

    private String path() {
        return "/v1/trainers/" + config.name() + "/claim";
    }

    private ObjectNode body() {
        ObjectNode body = Json.MAPPER.createObjectNode().put("wait_ms", WAIT.toMillis());
        ArrayNode engines = body.putArray("engines");
        config.commands().engines().forEach(engine -> engines.add(engine.word()));
        return body;
    }

    private void tellOnce(String detail) {
        if (!isAway) {
            isAway = true;
            LOG.warn("No tasks can be had: {}; trying again every second", detail);
        }
    }

    /** A random part keeps trainers from calling at the same moment. */
    private static void pause() throws InterruptedException {
        Thread.sleep(PAUSE_MS + ThreadLocalRandom.current().nextLong(PAUSE_MS / 2));
    }

    @Override
    public void close() {
        isClosed = true;
        places.forEach(Thread::interrupt);
        help.close();
        for (Thread place : places) {
            try {
                place.join(PATIENCE.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        folder.close();
        leave();
    }

    /** Routers that hear nothing of it would count on its engines for a while. */
    private void leave() {
        try {
            ObjectNode body = Json.MAPPER.createObjectNode().put("wait_ms", 0);
            body.putArray("engines");
            router.post(path(), body, FAREWELL);
        } catch (IOException away) {
            LOG.debug("No router heard that the trainer leaves", away);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
