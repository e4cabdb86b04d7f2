package dev.foretell.worker.training.trainer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.foretell.commons.json.Json;
import dev.foretell.worker.training.job.TaskOutput;
import dev.foretell.worker.training.pipeline.Provenance;
import java.io.IOException;
import java.time.Duration;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Passes the trials that a search offers to the router, and what helpers did with them to the process of the search, on a thread of
 * its own until it is closed. While nobody helps, once a second.
 */
final class TrialOffers implements AutoCloseable {
    private static final Duration LOOK = Duration.ofMillis(50);
    private static final Duration ALONE = Duration.ofSeconds(1);
    private static final Duration HELPED = Duration.ofMillis(250);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int NO_ROUTE = 404;

    private final RouterCalls router;
    private final String path;
    private final Claim claim;
    private final TaskOutput output;
    private final TaskProcess process;
    private final IntSupplier places;
    private final Thread thread;
    private volatile boolean isClosed;
    private @Nullable JsonNode told;
    private long toldNanos = System.nanoTime();
    private int toldPlaces;
    private int helping;

    private TrialOffers(
            RouterCalls router,
            String trainer,
            Claim claim,
            TaskOutput output,
            TaskProcess process,
            IntSupplier places) {
        this.router = router;
        this.path = "/v1/trainers/" + trainer + "/tasks/" + claim.id() + "/trials";
        this.claim = claim;
        this.output = output;
        this.process = process;
        this.places = places;
        this.thread = new Thread(this::run, "trials-" + claim.id());
        thread.setDaemon(true);
    }

    /** @param places how many trials may be tried at once in the process, at this moment */
    static TrialOffers start(
            RouterCalls router,
            String trainer,
            Claim claim,
            TaskOutput output,
            TaskProcess process,
            IntSupplier places) {
        TrialOffers offers = new TrialOffers(router, trainer, claim, output, process, places);
        offers.thread.start();
        return offers;
    }

    private void run() {
        try {
            while (!isClosed) {
                if (isDue() && !isTaken()) {
                    return;
                }
                if (places.getAsInt() != toldPlaces) {
                    tellPlaces(Json.MAPPER.createObjectNode());
                }
                Thread.sleep(LOOK.toMillis());
            }
        } catch (InterruptedException closed) {
            // It is closed.
        }
    }

    private boolean isDue() {
        JsonNode offer = output.offer();
        long since = System.nanoTime() - toldNanos;
        return offer != null
                && (since >= ALONE.toNanos() || helping > 0 && (since >= HELPED.toNanos() || !offer.equals(told)));
    }

    /** Whether there is any sense in another try. */
    private boolean isTaken() throws InterruptedException {
        toldNanos = System.nanoTime();
        JsonNode offer = output.offer();
        ObjectNode body =
                Json.MAPPER.createObjectNode().put("fence", claim.fence()).put("software", software());
        body.set("trials", offer);
        try {
            RouterCalls.Reply reply = router.post(path, body, PATIENCE);
            if (reply.isOk() && reply.body() instanceof ObjectNode heard) {
                told = offer;
                helping = heard.path("helping").asInt();
                tellPlaces(heard.deepCopy());
            }
            return reply.status() != NO_ROUTE;
        } catch (IOException away) {
            return true;
        }
    }

    /** The same of all that may share a search, or their scores might differ. */
    static String software() {
        return Json.writeText(Provenance.versions());
    }

    private void tellPlaces(ObjectNode line) {
        toldPlaces = places.getAsInt();
        process.tell(line.put("places", toldPlaces));
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
