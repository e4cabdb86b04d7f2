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
 * @param maxInFlight over all models, including waiting calls
 * @param limit the kind of limit for models that are not in {@code models}
 * @param maxConcurrent per model: the fixed limit, or the maximum of an adaptive limit
 * @param queue calls that may wait for a model, as a multiple of its limit
 * @param maxWait maximum wait of a call, within its deadline
 * @param models fixed limits by {@code type/model}
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

    /** The models with their own limit. */
    Set<ModelKey> limitedModels() {
        return models.keySet().stream().map(AdmissionConfig::modelKey).collect(Collectors.toUnmodifiableSet());
    }

    ConcurrencyLimit limitOf(ModelKey model) {
        Integer own = models.get(model.toString());
        return own != null ? new FixedLimit(own) : limit.create(maxConcurrent);
    }

    /** Whether the limit of a model is unchanged, so that an adaptive one keeps its history. */
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
