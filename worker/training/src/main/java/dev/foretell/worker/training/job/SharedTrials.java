package dev.foretell.worker.training.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.foretell.commons.json.Json;
import dev.foretell.worker.training.search.OpenTrial;
import dev.foretell.worker.training.search.TrialPool;
import java.io.PrintStream;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The trials of a search as its process shares them: tells its trainer which ones others may have, and hears from it what they did and
 * how many places there are. Until it is closed.
 */
final class SharedTrials implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final TrialPool pool;
    private final PrintStream out;
    private final Thread thread;

    private SharedTrials(TrialPool pool, PrintStream out) {
        this.pool = pool;
        this.out = out;
        this.thread = new Thread(this::tell, "offers");
        thread.setDaemon(true);
    }

    static SharedTrials start(int places, Parent parent, PrintStream out) {
        SharedTrials shared = new SharedTrials(new TrialPool(places), out);
        parent.listen(shared::hear);
        shared.thread.start();
        return shared;
    }

    TrialPool pool() {
        return pool;
    }

    private void tell() {
        try {
            List<OpenTrial> told = List.of();
            while (true) {
                told = pool.awaitOffer(told);
                ArrayNode offer = Json.MAPPER.createArrayNode();
                told.forEach(trial -> offer.addObject()
                        .put("trial", trial.number())
                        .set("work", trial.work().json()));
                out.println(TaskOutput.OFFER + offer);
                Thread.sleep(PAUSE.toMillis());
            }
        } catch (InterruptedException closed) {
            // It is closed.
        }
    }

    private void hear(JsonNode line) {
        pool.setPlaces(line.path("places").asInt(1));
        if (line.has("helping")) {
            Set<Integer> lent = new HashSet<>();
            for (JsonNode trial : line.path("trials")) {
                int number = trial.path("trial").asInt();
                if (trial.has("outcome")) {
                    pool.end(number, trial.path("trainer").asText(), trial.path("outcome"));
                } else {
                    lent.add(number);
                }
            }
            pool.hear(line.path("helping").asInt(), lent);
        }
    }

    @Override
    public void close() {
        thread.interrupt();
        pool.close();
    }
}
