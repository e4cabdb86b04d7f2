package dev.foretell.router.overview;

import dev.foretell.commons.identity.Counted;
import dev.foretell.commons.identity.ModelKey;
import dev.foretell.router.health.RoutingObstacle;
import dev.foretell.router.upstream.measure.CallTally.Outcome;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds what an operator should look at, the worst first. */
final class Problems {
    /** Fewer errors than this share of all calls are usual. */
    private static final double USUAL_ERRORS = 0.05;

    private static final int NAMED = 5;
    private static final String WORKERS = "/ui/#/workers";

    private Problems() {}

    /** @param others what the router's own parts report */
    static List<Problem> of(CallRates calls, WorkerWatch workers, Collection<Problem> others) {
        List<Problem> found = new ArrayList<>(others);
        calls(calls, found);
        if (!workers.areAllReady()) {
            idleModels(workers, found);
            stoppedWorkers(workers, found);
        }
        found.sort(java.util.Comparator.comparing(Problem::severity));
        return List.copyOf(found);
    }

    private static void idleModels(WorkerWatch workers, List<Problem> found) {
        Set<String> idle = idleModels(workers);
        if (!idle.isEmpty()) {
            found.add(Problem.critical(
                    "no worker takes calls of " + names(idle),
                    "/ui/#/models/" + idle.iterator().next(),
                    "look at the model's workers: each one says why it gets no calls"));
        }
    }

    private static Set<String> idleModels(WorkerWatch workers) {
        Set<ModelKey> idle = new HashSet<>();
        workers.forEach((place, state) -> {
            if (!takesCalls(state)) {
                idle.add(place.model().base());
            }
        });
        if (!idle.isEmpty()) {
            workers.forEach((place, state) -> {
                if (takesCalls(state)) {
                    idle.remove(place.model().base());
                }
            });
        }
        return idle.stream().map(ModelKey::toString).collect(Collectors.toCollection(TreeSet::new));
    }

    private static boolean takesCalls(RoutingObstacle state) {
        return switch (state) {
            case READY, WARMING, SUSPECTED, EJECTED -> true;
            case JOINING, DOWN, DRAINING, LOST -> false;
        };
    }

    private static void calls(CallRates calls, List<Problem> found) {
        if (calls.shedPerSecond() > 0) {
            found.add(Problem.warning(
                    "calls are shed: " + round(calls.shedPerSecond()) + " a second",
                    "/ui/#/overview",
                    "add workers, or raise the limit of the model (admission) if its workers are not busy"));
        }
        double failed = calls.errorsPerSecond().getOrDefault(Outcome.WORKER_ERROR, 0.0)
                + calls.errorsPerSecond().getOrDefault(Outcome.TIMEOUT, 0.0);
        if (failed > USUAL_ERRORS * calls.callsPerSecond()) {
            found.add(Problem.warning(
                    round(failed) + " of " + round(calls.callsPerSecond())
                            + " calls a second fail at workers or run out of time",
                    WORKERS,
                    "look at the workers with failures; their logs have the requestId of each failed call"));
        }
    }

    private static void stoppedWorkers(WorkerWatch workers, List<Problem> found) {
        Map<RoutingObstacle, Set<String>> byState = new EnumMap<>(RoutingObstacle.class);
        workers.forEach((place, state) -> {
            if (action(state) != null) {
                byState.computeIfAbsent(state, stopped -> new TreeSet<>())
                        .add(place.worker().toString());
            }
        });
        byState.forEach((state, ids) -> found.add(Problem.warning(
                Counted.of(ids.size(), "worker") + " " + state.name().toLowerCase(Locale.ROOT) + ": " + names(ids),
                WORKERS + "?search=" + ids.iterator().next(),
                Objects.requireNonNull(action(state)))));
    }

    /** What to do about workers in this state; null if nothing. */
    private static @Nullable String action(RoutingObstacle state) {
        return switch (state) {
            case DOWN -> "start the process again, or remove it: foretell routes rm TYPE/MODEL/WORKER";
            case LOST -> "see whether the process runs and reaches a router; it leaves the map by itself";
            case EJECTED -> "look at its last failure; it gets trial calls by itself";
            case SUSPECTED -> "see whether its process hangs";
            case DRAINING -> "undrain it when it is to get calls again: foretell routes undrain WORKER";
            case JOINING, WARMING, READY -> null;
        };
    }

    private static String names(Set<String> all) {
        String some = all.stream().limit(NAMED).collect(Collectors.joining(", "));
        return all.size() <= NAMED ? some : some + " and " + (all.size() - NAMED) + " more";
    }

    private static String round(double rate) {
        return String.format(Locale.ROOT, rate < 10 ? "%.1f" : "%.0f", rate);
    }
}
