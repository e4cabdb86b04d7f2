package dev.foretell.router.http.turbowinner;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.json.Json;
import dev.foretell.router.http.message.QueryText;
import io.vertx.core.MultiMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The task of turbo-winner: a search for the best regression on 50 random rows of two numbers, with targets of 0 and 1. */
record SearchOrder(long seed) {
    private static final int ROWS = 50;
    private static final long USUAL_SEED = 42;

    /** @throws ServingException {@link FailureKind#INVALID_INPUT} for parameters that there are not, or that are no numbers */
    static SearchOrder read(MultiMap query) {
        return new SearchOrder(seed(QueryText.require(query, "seed").get("seed")));
    }

    private static long seed(@Nullable String text) {
        if (text == null) {
            return USUAL_SEED;
        }
        if (!text.matches("[0-9]{1,18}")) {
            throw new ServingException(FailureKind.INVALID_INPUT, "seed must be a whole number of at least 0");
        }
        return Long.parseLong(text);
    }

    /** The order in the form of {@code POST /v1/tasks}. */
    ObjectNode json() {
        ObjectNode order = Json.MAPPER.createObjectNode().put("kind", "automl").put("name", "Train");
        order.putObject("parameters")
                .put("target", "y")
                .put("generations", 10)
                .put("populationSize", 20)
                .put("scoring", "neg_mean_squared_error")
                .put("seed", seed);
        ObjectNode data = order.putObject("data");
        data.putArray("columns").add("x0").add("x1").add("y");
        ArrayNode rows = data.putArray("rows");
        RandomGenerator random = RandomGenerator.getDefault();
        for (int row = 0; row < ROWS; row++) {
            rows.addArray().add(random.nextDouble()).add(random.nextDouble()).add(random.nextInt(2));
        }
        return order;
    }
}
