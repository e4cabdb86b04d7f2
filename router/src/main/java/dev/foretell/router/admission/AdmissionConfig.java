package dev.foretell.router.admission;

import dev.foretell.commons.identity.ModelKey;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How many calls may be in flight, and how many may wait.
 *
 * @param maxInFlight over all models, those that wait included
 * @param limit how the calls in flight to one model are bounded, where {@code models} does not say it
 * @param maxConcurrent to one model: the limit itself if it is fixed, the most it may become if it is adaptive
 * @param queue calls that may wait for a model, as a multiple of its limit
 * @param maxWait how long a call may wait, if its deadline leaves it that long
 * @param models fixed limits of single models, by {@code type/model}
 */
public record AdmissionConfig(
        int maxInFlight,
        LimitKind limit,
        int maxConcurrent,
        double queue,
        Duration maxWait,
        Map<String, Integer> models) {
    private static final Duration MIN_WAIT = Duration.ofMillis(1);
    private static final Duration MAX_WAIT = Duration.ofHours(1);

    public AdmissionConfig {
        if (maxInFlight < 1 || maxConcurrent < 1 || models.values().stream().anyMatch(most -> most < 1)) {
            throw new IllegalArgumentException("max-in-flight, max-concurrent and limits of models must be at least 1");
        }
        if (!(queue >= 0 && queue <= 1000) || maxWait.compareTo(MIN_WAIT) < 0 || maxWait.compareTo(MAX_WAIT) > 0) {
            throw new IllegalArgumentException("queue must be from 0 to 1000, and max-wait from 1ms to 1h");
        }
        models = Map.copyOf(new TreeMap<>(models));
        models.keySet().forEach(AdmissionConfig::modelKey);
    }

    public static AdmissionConfig defaults() {
        return new AdmissionConfig(10_000, LimitKind.NONE, 200, 2, Duration.ofSeconds(1), Map.of());
    }

    /** The models that have a limit of their own. */
    Set<ModelKey> limitedModels() {
        return models.keySet().stream().map(AdmissionConfig::modelKey).collect(Collectors.toUnmodifiableSet());
    }

    ConcurrencyLimit limitOf(ModelKey model) {
        Integer own = models.get(model.toString());
        return own != null ? new FixedLimit(own) : limit.create(maxConcurrent);
    }

    /** Whether a model's limit is the same as before, so that an adaptive one keeps what it has learned. */
    boolean limitsAs(AdmissionConfig before, ModelKey model) {
        Integer own = models.get(model.toString());
        return Objects.equals(own, before.models.get(model.toString()))
                && (own != null || (limit == before.limit && maxConcurrent == before.maxConcurrent));
    }

    private static ModelKey modelKey(String model) {
        String[] names = model.split("/", 2);
        if (names.length < 2) {
            throw new IllegalArgumentException("models must be named type/model, not '" + model + "'");
        }
        return new ModelKey(names[0], names[1]);
    }
}
