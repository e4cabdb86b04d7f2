package dev.foretell.router.tasks.help;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.router.tasks.Task;
import dev.foretell.router.tasks.TaskOrder;
import dev.foretell.router.tasks.Tasks;
import dev.foretell.router.tasks.TasksConfig;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * How trainers with free places help with the trials of a search that another trainer runs. Which helper tries a trial, and whether one
 * does, changes nothing about its scores, so all that this guards is that no work is lost or done by too many. Thread-safe.
 */
public final class SearchHelp {
    private static final int MAX_TRIES = 8;
    private static final int MAX_WAITING = 1000;
    /** Searches that a helper is offered at most. */
    private static final int LOOKED_AT = 16;

    private static final Duration LOOK_EVERY = Duration.ofMillis(500);

    private final Store store;
    private final Tasks tasks;
    private final Supplier<TasksConfig> config;
    private final Clock clock;
    private final LongSupplier nanoClock;
    private final AtomicBoolean isLooking = new AtomicBoolean();
    private volatile Look look;
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile boolean isClosed;
    private final LongAdder counted = new LongAdder();
    private final LongAdder refused = new LongAdder();

    /** Keeps offers for as long as their tasks run. All methods fail with {@link FailureKind#STATE_STORE_UNAVAILABLE}. */
    public interface Store {
        /** What became of a step. */
        enum Step {
            DONE,
            /** Another step came first. */
            OVERTAKEN,
            /** The task does not run any more. */
            ENDED
        }

        Future<Optional<SearchOffer>> findOffer(String task);

        /**
         * @param before empty where there is no offer yet
         * @param open how many trials nobody has
         */
        Future<Step> commit(Optional<SearchOffer> before, SearchOffer after, long open);

        /** Some tasks whose offers have open trials, those with the fewest helpers first. */
        Future<List<String>> listOpen(int most);
    }

    /** A search with the trials that a helper has of it. */
    public record Helped(Task task, SearchOffer offer, List<OfferedTrial> trials) {}

    /** What all that wait have seen last. */
    private record Look(long nanos, List<SearchOffer> offers) {}

    public SearchHelp(Store store, Tasks tasks, Supplier<TasksConfig> config, Clock clock, LongSupplier nanoClock) {
        this.store = store;
        this.tasks = tasks;
        this.config = config;
        this.clock = clock;
        this.nanoClock = nanoClock;
        this.look = new Look(nanoClock.getAsLong() - LOOK_EVERY.toNanos(), List.of());
    }

    /** Outcomes of helpers that counted, at this router since its start. */
    public long counted() {
        return counted.sum();
    }

    /** Outcomes that came after their helper had lost the trial. */
    public long refused() {
        return refused.sum();
    }

    /**
     * Offers trials of a search in place of those offered before.
     *
     * @return the offer with all that helpers did; fails with {@link FailureKind#CONFLICT} if the trainer has lost the search
     */
    public Future<SearchOffer> offer(SearchOffer base, List<OfferedTrial> trials) {
        return tasks.require(base.task())
                .map(task -> {
                    task.requireHolder(base.fence());
                    return requireSearch(task);
                })
                .compose(task -> offer(base, trials, MAX_TRIES));
    }

    private static Task requireSearch(Task task) {
        if (!task.order().kind().equals(TaskOrder.AUTOML)) {
            throw new ServingException(
                    FailureKind.INVALID_INPUT, "task " + task.id() + " is no search, so it has no trials");
        }
        return task;
    }

    private Future<SearchOffer> offer(SearchOffer base, List<OfferedTrial> trials, int tries) {
        return store.findOffer(base.task()).compose(found -> {
            if (found.filter(known -> known.fence() > base.fence()).isPresent()) {
                return Future.failedFuture(ended(base.task()));
            }
            SearchOffer before = found.filter(base::isOfSameTrainer).orElse(base);
            SearchOffer after = before.offer(trials, clock.millis(), leaseMs());
            return store.commit(found, after, after.open(clock.millis())).compose(step -> switch (step) {
                case DONE -> Future.succeededFuture(after);
                case OVERTAKEN ->
                    tries > 1 ? offer(base, trials, tries - 1) : Future.failedFuture(contention(base.task()));
                case ENDED -> Future.failedFuture(ended(base.task()));
            });
        });
    }

    private static ServingException ended(String id) {
        return new ServingException(FailureKind.CONFLICT, "task " + id + " is not this trainer's any more");
    }

    private static ServingException contention(String id) {
        return new ServingException(FailureKind.CONFLICT, "the trials of task " + id + " change too often just now");
    }

    /**
     * Waits for a search; at most a thousand helpers do at once.
     *
     * @throws ServingException {@link FailureKind#SHED}
     */
    public Wait enter() {
        if (waiting.incrementAndGet() > MAX_WAITING) {
            waiting.decrementAndGet();
            throw new ServingException(
                    FailureKind.SHED, MAX_WAITING + " trainers wait for searches at this router already");
        }
        return new Wait();
    }

    /** Ends all waits, because the router stops. */
    public void close() {
        isClosed = true;
    }

    /** A helper that waits for a search. */
    public final class Wait {
        private Wait() {}

        /** Whether the router stops. */
        public boolean isOver() {
            return isClosed;
        }

        /** Call it once. */
        public void leave() {
            waiting.decrementAndGet();
        }
    }

    /** Finds a search that a helper can help with; empty where there is none. */
    public Future<Optional<Helped>> find(HelperReport report) {
        return store.listOpen(LOOKED_AT).compose(ids -> find(ids, report));
    }

    private Future<Optional<Helped>> find(List<String> ids, HelperReport report) {
        return ids.isEmpty()
                ? Future.succeededFuture(Optional.empty())
                : store.findOffer(ids.get(0))
                        .compose(found -> lend(found.stream().toList(), report))
                        .compose(helped ->
                                helped.isPresent() ? Future.succeededFuture(helped) : find(tail(ids), report));
    }

    /**
     * As {@link #find}, for a helper that waits: all of these look together, twice a second at most. A thousand that each look would read
     * every offer a thousand times a second.
     */
    public Future<Optional<Helped>> findAgain(HelperReport report) {
        Look last = look;
        boolean isDue = nanoClock.getAsLong() - last.nanos() >= LOOK_EVERY.toNanos();
        return isDue && isLooking.compareAndSet(false, true)
                ? lookAgain().onComplete(done -> isLooking.set(false)).compose(offers -> lend(offers, report))
                : lend(last.offers(), report);
    }

    private Future<List<SearchOffer>> lookAgain() {
        return store.listOpen(LOOKED_AT)
                .compose(ids -> Future.all(ids.stream().map(store::findOffer).toList()))
                .map(found -> found.<Optional<SearchOffer>>list().stream()
                        .flatMap(Optional::stream)
                        .toList())
                .onSuccess(offers -> look = new Look(nanoClock.getAsLong(), offers));
    }

    /** Trials of the first of these offers that has some for this helper. */
    private Future<Optional<Helped>> lend(List<SearchOffer> offers, HelperReport report) {
        if (offers.isEmpty()) {
            return Future.succeededFuture(Optional.empty());
        }
        SearchOffer first = offers.get(0);
        return (first.isFor(report) && first.open(clock.millis()) > 0
                        ? hear(first.task(), first.fence(), report)
                        : Future.succeededFuture(Optional.<Helped>empty()))
                .compose(helped ->
                        helped.filter(some -> !some.trials().isEmpty()).isPresent()
                                ? Future.succeededFuture(helped)
                                : lend(tail(offers), report));
    }

    private static <T> List<T> tail(List<T> list) {
        return list.subList(1, list.size());
    }

    /**
     * Takes the report of a helper.
     *
     * @return the trials that it has from now on; empty if the search does not run any more, or at another trainer
     */
    public Future<Optional<Helped>> hear(String task, long fence, HelperReport report) {
        return hear(task, fence, report, MAX_TRIES);
    }

    private Future<Optional<Helped>> hear(String task, long fence, HelperReport report, int tries) {
        return store.findOffer(task).compose(found -> {
            Optional<SearchOffer> before = found.filter(offer -> offer.fence() == fence && offer.isFor(report));
            if (before.isEmpty()) {
                refused.add(report.ended().size());
                return Future.succeededFuture(Optional.empty());
            }
            long now = clock.millis();
            SearchOffer after = before.get().hear(report, now, leaseMs());
            return store.commit(before, after, after.open(now)).compose(step -> switch (step) {
                case DONE -> {
                    count(before.get(), report);
                    yield helped(after, report);
                }
                case OVERTAKEN ->
                    tries > 1 ? hear(task, fence, report, tries - 1) : Future.failedFuture(contention(task));
                case ENDED -> Future.succeededFuture(Optional.empty());
            });
        });
    }

    private long leaseMs() {
        return config.get().leases().lease().toMillis();
    }

    private void count(SearchOffer before, HelperReport report) {
        long taken = before.counted(report);
        counted.add(taken);
        refused.add(report.ended().size() - taken);
    }

    private Future<Optional<Helped>> helped(SearchOffer offer, HelperReport report) {
        return tasks.find(offer.task())
                .map(found -> found.map(task -> new Helped(task, offer, offer.of(report.trainer()))));
    }
}
