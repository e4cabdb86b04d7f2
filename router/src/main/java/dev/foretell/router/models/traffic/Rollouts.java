package dev.foretell.router.models.traffic;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.identity.Names;
import dev.foretell.router.models.ModelRegistry;
import dev.foretell.router.models.RegisteredModel;
import dev.foretell.router.models.TrafficPlan;
import dev.foretell.router.models.files.ModelFiles;
import dev.foretell.router.models.files.Uploads;
import dev.foretell.router.upstream.pool.Endpoint;
import dev.foretell.router.upstream.pool.EndpointPool;
import dev.foretell.router.upstream.pool.EndpointPools;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Moves calls between versions. A version gets calls only when a host has it ready; the old versions serve until then.
 * A change may name the state that it expects, and fails with {@link FailureKind#CONFLICT} if it finds another one.
 * Thread-safe.
 */
public final class Rollouts {
    private static final Duration MAX_WAIT = Duration.ofSeconds(30);
    private static final Duration STEP = Duration.ofMillis(20);

    private final Vertx vertx;
    private final ModelRegistry registry;
    private final EndpointPools pools;
    private final Function<String, Future<Boolean>> hasFile;
    private final Duration longestWait;

    public Rollouts(Vertx vertx, ModelRegistry registry, EndpointPools pools, ModelFiles files) {
        this(vertx, registry, pools, digest -> files.find(digest).map(Optional::isPresent), MAX_WAIT);
    }

    /** @param hasFile whether there is a file with this digest */
    Rollouts(
            Vertx vertx,
            ModelRegistry registry,
            EndpointPools pools,
            Function<String, Future<Boolean>> hasFile,
            Duration longestWait) {
        this.hasFile = hasFile;
        this.longestWait = longestWait;
        this.vertx = vertx;
        this.registry = registry;
        this.pools = pools;
    }

    /**
     * Gives all calls to a version; waits up to 30 seconds until a host has it ready.
     *
     * @param expect the version that has the most calls now; null for any
     */
    public Future<RegisteredModel> promote(String name, int version, @Nullable Integer expect) {
        return plan(name, TrafficPlan.allTo(version), before -> requireMain(name, before, expect));
    }

    private static void requireMain(String name, TrafficPlan before, @Nullable Integer expect) {
        if (expect != null && before.main() != expect) {
            throw new ServingException(
                    FailureKind.CONFLICT,
                    "version " + before.main() + " of '" + name + "' serves, not " + expect + "; nothing was changed");
        }
    }

    /**
     * Changes the distribution of the calls; waits up to 30 seconds until hosts have the new versions ready.
     *
     * @param expect the current weights; null for any
     */
    public Future<RegisteredModel> plan(String name, TrafficPlan plan, @Nullable Map<Integer, Integer> expect) {
        return plan(name, plan, before -> requireWeights(name, before, expect));
    }

    private static String percents(Map<Integer, Integer> weights) {
        return weights.isEmpty()
                ? "none"
                : weights.entrySet().stream()
                        .map(weight -> weight.getKey() + "=" + weight.getValue())
                        .collect(Collectors.joining(", "));
    }

    private static void requireWeights(String name, TrafficPlan before, @Nullable Map<Integer, Integer> expect) {
        if (expect != null && !before.weights().equals(new TreeMap<>(expect))) {
            throw new ServingException(
                    FailureKind.CONFLICT,
                    "the weights of '" + name + "' are " + percents(before.weights()) + ", not " + percents(expect)
                            + "; nothing was changed");
        }
    }

    /** Throws if the current plan is not the expected one. */
    private interface Expectation {
        void check(TrafficPlan before);
    }

    private Future<RegisteredModel> plan(String name, TrafficPlan plan, Expectation expectation) {
        UnaryOperator<Optional<RegisteredModel>> step = before -> {
            RegisteredModel model = before.orElseThrow(() -> Uploads.unknown(name));
            expectation.check(model.traffic());
            requireVersions(model, plan);
            return Optional.of(model.withPlan(plan));
        };
        Optional<RegisteredModel> found = registry.current().find(name);
        return Future.succeededFuture(found)
                .map(step::apply)
                .compose(fits -> ready(found.orElseThrow(), plan))
                .compose(v -> registry.update(name, step))
                .map(models -> models.find(name).orElseThrow(() -> Uploads.unknown(name)));
    }

    private static void requireVersions(RegisteredModel model, TrafficPlan plan) {
        plan.weights().keySet().forEach(version -> requireVersion(model, version));
        if (plan.canary() != null) {
            requireVersion(model, plan.canary().version());
            if (plan.weights().getOrDefault(plan.canary().version(), 0) == 0) {
                throw new ServingException(FailureKind.INVALID_INPUT, "the canary must have a weight");
            }
        }
        if (plan.shadow() != null) {
            requireVersion(model, plan.shadow().version());
        }
    }

    private static void requireVersion(RegisteredModel model, int version) {
        if (!model.versions().containsKey(version)) {
            throw new ServingException(
                    FailureKind.INVALID_INPUT,
                    "there is no version " + version + " of '" + model.name() + "'; there are "
                            + model.versions().keySet());
        }
    }

    /** The versions that had no calls before. */
    private Future<Void> ready(RegisteredModel before, TrafficPlan plan) {
        Map<Integer, Integer> old = before.traffic().weights();
        return Future.all(plan.weights().entrySet().stream()
                        .filter(share -> share.getValue() > 0 && old.getOrDefault(share.getKey(), 0) == 0)
                        .map(share -> ready(before, share.getKey()))
                        .toList())
                .mapEmpty();
    }

    /** A host that has already loaded the version could serve it without the file, but the next host could not. */
    private Future<Void> ready(RegisteredModel model, int version) {
        long end = System.nanoTime() + longestWait.toNanos();
        return hasFile.apply(model.require(version).digest())
                .compose(found -> found
                        ? ready(model, version, end)
                        : Future.failedFuture(conflict(model, version, "has lost its file; upload it again")));
    }

    private Future<Void> ready(RegisteredModel model, int version, long endNanos) {
        if (isReady(model, version)) {
            return Future.succeededFuture();
        }
        if (System.nanoTime() - endNanos > 0) {
            return Future.failedFuture(conflict(model, version, "is ready at no host"));
        }
        return vertx.timer(STEP.toMillis(), TimeUnit.MILLISECONDS).compose(v -> ready(model, version, endNanos));
    }

    private static ServingException conflict(RegisteredModel model, int version, String what) {
        return new ServingException(
                FailureKind.CONFLICT,
                "version " + version + " of '" + model.name() + "' " + what + "; nothing was changed");
    }

    private boolean isReady(RegisteredModel model, int version) {
        Optional<EndpointPool> pool = pools.find(model.key().version(version));
        return pool.stream().flatMap(one -> one.endpoints().stream()).anyMatch(Endpoint::isRoutable);
    }

    /**
     * Sets an alias of a version.
     *
     * @param expect the version that the alias names now, 0 for a new alias; null for any
     */
    public Future<RegisteredModel> alias(String name, String alias, int target, @Nullable Integer expect) {
        if (!Names.isValid(alias) || alias.matches("[0-9]+")) {
            throw new ServingException(FailureKind.INVALID_INPUT, "an alias must be a name like prod, not a number");
        }
        return aliases(name, (model, aliases) -> {
            int before = aliases.getOrDefault(alias, 0);
            if (expect != null && before != expect) {
                throw new ServingException(
                        FailureKind.CONFLICT,
                        "'" + alias + "' names " + (before == 0 ? "no version" : "version " + before) + " of '" + name
                                + "', not " + expect + "; nothing was changed");
            }
            requireVersion(model, target);
            aliases.put(alias, target);
        });
    }

    /** Removes an alias. */
    public Future<RegisteredModel> removeAlias(String name, String alias) {
        return aliases(name, (model, aliases) -> {
            if (aliases.remove(alias) == null) {
                throw new ServingException(FailureKind.NOT_FOUND, "'" + name + "' has no alias '" + alias + "'");
            }
        });
    }

    /** Changes the aliases of a model, or throws. */
    private interface AliasChange {
        void apply(RegisteredModel model, Map<String, Integer> aliases);
    }

    private Future<RegisteredModel> aliases(String name, AliasChange change) {
        return registry.update(name, before -> {
                    RegisteredModel model = before.orElseThrow(() -> Uploads.unknown(name));
                    Map<String, Integer> aliases = new TreeMap<>(model.aliases());
                    change.apply(model, aliases);
                    return Optional.of(model.withAliases(aliases));
                })
                .map(models -> models.find(name).orElseThrow(() -> Uploads.unknown(name)));
    }
}
