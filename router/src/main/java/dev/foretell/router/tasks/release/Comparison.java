package dev.foretell.router.tasks.release;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.router.tasks.ServeOrder;
import java.util.Locale;
import java.util.Optional;

/**
 * A trained model beside the version that serves, on the same rows, which the trained one did not learn from. The greater figure is
 * the better one.
 *
 * @param incumbent the figure of the version that serves
 * @param version number of that one
 */
record Comparison(String metric, double candidate, double incumbent, int version) {
    /** As a trainer reports it; empty if it compared nothing. */
    static Optional<Comparison> in(JsonNode result) {
        JsonNode comparison = result.path("comparison");
        return comparison.isObject()
                ? Optional.of(new Comparison(
                        comparison.path("metric").asText(),
                        comparison.path("candidate").asDouble(Double.NaN),
                        comparison.path("incumbent").asDouble(Double.NaN),
                        comparison.path("version").asInt()))
                : Optional.empty();
    }

    /**
     * Whether a model is to be registered.
     *
     * @param serving number of the version that serves now; 0 for none
     * @return why not; empty if it is
     * @throws ServingException CONFLICT if it was not compared with the version that serves now
     */
    static Optional<String> refusal(ServeOrder order, int serving, JsonNode result) {
        if (order.ifBetterOn().isEmpty() || serving == 0) {
            return Optional.empty();
        }
        Comparison made = in(result)
                .filter(one -> one.version == serving && one.metric.equals(order.ifBetterOn()))
                .orElseThrow(() -> new ServingException(
                        FailureKind.CONFLICT,
                        order.model() + ":" + serving + " serves now, and the model was not compared with it on "
                                + order.ifBetterOn() + ": retry the task"));
        return made.candidate > made.incumbent ? Optional.empty() : Optional.of(made.words(order.model()));
    }

    private String words(String model) {
        return String.format(
                Locale.ROOT, "%s %.6g is not better than %.6g of %s:%d", metric, candidate, incumbent, model, version);
    }
}
