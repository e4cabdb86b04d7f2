package dev.foretell.router.overview;

import dev.foretell.commons.identity.ModelKey;
import dev.foretell.commons.identity.WorkerId;
import dev.foretell.router.admission.Admission;
import dev.foretell.router.ensemble.call.LiveEnsembles;
import dev.foretell.router.events.EventLog;
import dev.foretell.router.health.HealthMonitor;
import dev.foretell.router.history.Durations;
import dev.foretell.router.history.History;
import dev.foretell.router.predict.Outcomes;
import dev.foretell.router.upstream.pool.Endpoint;
import dev.foretell.router.upstream.pool.EndpointPools;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the whole router once a second, outside the event loops and beside the calls, which pay nothing for it. What it
 * finds is one volatile read away. {@link #look} is for one thread at a time; all else is thread-safe.
 */
public final class Observer {
    /** What it looks at. */
    public record Sources(
            EndpointPools pools,
            HealthMonitor monitor,
            LiveEnsembles ensembles,
            Outcomes outcomes,
            Admission admission) {}

    /** How it explains what it finds. */
    public record Words(Function<Endpoint, @Nullable String> whyNoCalls, Supplier<Collection<Problem>> problems) {}

    /** The wall clock, and the monotonic one in nanoseconds. */
    public record Clocks(Clock wall, LongSupplier nanos) {
        public static Clocks system() {
            return new Clocks(Clock.systemUTC(), System::nanoTime);
        }
    }

    private final Sources sources;
    private final History history;
    private final Words words;
    private final Clocks clocks;
    private final CallWatch calls;
    private final WorkerWatch workers;
    private final WorkerEvents events;
    private final long beganNanos;
    private final List<BiConsumer<Overview, Changed>> listeners = new CopyOnWriteArrayList<>();
    private long lastNanos;
    private boolean hasLooked;
    private volatile Overview now;

    public Observer(Sources sources, History history, EventLog log, Words words, Clocks clocks) {
        this.sources = sources;
        this.history = history;
        this.words = words;
        this.clocks = clocks;
        this.calls = new CallWatch(
                new CallWatch.Counters(sources.pools(), sources.ensembles(), sources.outcomes(), sources.admission()),
                history);
        this.workers = new WorkerWatch(sources.pools(), sources.monitor());
        this.events = new WorkerEvents(log, words.whyNoCalls());
        this.beganNanos = clocks.nanos().getAsLong();
        this.lastNanos = beganNanos;
        this.now = new Overview(clocks.wall().instant(), 0, CallRates.NONE, 0, 0, List.of());
    }

    /** The buckets of the durations that it records. */
    public static Durations durations() {
        return TallyReader.durations();
    }

    /** Calls the listener after each look, on its thread. */
    public void onLook(BiConsumer<Overview, Changed> listener) {
        listeners.add(listener);
    }

    /** Looks at everything; call it about once a second. */
    public void look() {
        Instant at = clocks.wall().instant();
        long nanos = clocks.nanos().getAsLong();
        double elapsed = (nanos - lastNanos) / 1e9;
        lastNanos = nanos;
        calls.look(at.getEpochSecond(), elapsed);
        List<WorkerWatch.Move> moves = workers.look(at, elapsed);
        if (hasLooked) { // at first, all workers seem to join
            events.record(at, moves);
        }
        hasLooked = true;
        Overview next = overview(at, nanos);
        now = next;
        Changed changed = changed(moves);
        listeners.forEach(listener -> listener.accept(next, changed));
    }

    private Overview overview(Instant at, long nanos) {
        Set<ModelKey> models = new HashSet<>(sources.pools().modelsOfUsers());
        sources.ensembles().all().forEach(ensemble -> models.add(ensemble.key()));
        return new Overview(
                at,
                (nanos - beganNanos) / 1_000_000_000,
                calls.now(),
                models.size(),
                workers.workers(),
                Problems.of(calls.now(), workers, words.problems().get()));
    }

    private static Changed changed(List<WorkerWatch.Move> moves) {
        return new Changed(
                moves.stream()
                        .map(move -> move.endpoint().model().base().toString())
                        .collect(Collectors.toCollection(TreeSet::new)),
                moves.stream()
                        .map(move -> move.endpoint().worker().toString())
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    /** What the last look found. */
    public Overview now() {
        return now;
    }

    public History history() {
        return history;
    }

    /** The present time, in seconds since 1970. */
    public long second() {
        return clocks.wall().instant().getEpochSecond();
    }

    /** The states of a worker at a model; null for one that joined after the last look. */
    public @Nullable WorkerHistory worker(ModelKey model, WorkerId worker) {
        return workers.find(new WorkerWatch.Place(model, worker));
    }

    /** The calls of a model in the last second. */
    public CallRates.OfModel rates(String model) {
        return now.calls().models().getOrDefault(model, CallRates.OfModel.NONE);
    }
}
