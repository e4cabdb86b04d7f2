package dev.foretell.router.routing;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import io.vertx.core.Future;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Something all routers share: an immutable state, one volatile read away, that changes step by step through a {@link Store}.
 * Thread-safe. Reading never waits; while the store is away the last state stays.
 *
 * @param <S> the state
 * @param <C> a step from one revision of it to the next
 */
public final class SharedState<S extends SharedState.Revision, C extends SharedState.Step> {
    private static final Logger LOG = LoggerFactory.getLogger(SharedState.class);
    private static final int MAX_TRIES = 8;
    private static final int MAX_WAITING = 1000;

    /** A state: how many changes led to it. */
    public interface Revision {
        long revision();

        /** What the store keeps of it that cannot be read: neither there nor absent. */
        default Set<String> unreadable() {
            return Set.of();
        }
    }

    /** A change: the revision it was worked out on, and the one it leads to; the same where nothing changes. */
    public interface Step extends Revision {
        long base();

        default boolean isEmpty() {
            return base() == revision();
        }
    }

    /** Where the state is kept for all routers and over restarts. */
    public interface Store<S, C> {
        /** The whole state as it is kept now; fails with {@link FailureKind#STATE_STORE_UNAVAILABLE}. */
        Future<S> load();

        /**
         * Keeps a change and tells the other routers, all or nothing. An empty change only checks the revision. Fails with
         * {@link FailureKind#CONFLICT} if the kept revision is not the change's base, or with
         * {@link FailureKind#STATE_STORE_UNAVAILABLE}.
         */
        Future<Void> commit(C change);

        /** Keeps this state if the store has lost its own (its revision is lower): else {@link FailureKind#CONFLICT}. */
        Future<Void> reseed(S state);

        /** Calls the listener with each change any router commits, this one's own too; some may go missing. */
        void listen(Consumer<C> listener);
    }

    /** Where changes are worked out and made known: apart from the event loops, one after the other. */
    public interface Work {
        /** At once, on the caller's thread: for tests, and where there is little. */
        Work HERE = new Work() {
            @Override
            public <T> Future<T> run(Callable<T> task) {
                try {
                    return Future.succeededFuture(task.call());
                } catch (Exception e) {
                    return Future.failedFuture(e);
                }
            }
        };

        <T> Future<T> run(Callable<T> task);
    }

    /** A change, and the state that it was worked out on. */
    private record Worked<S, C>(S base, C change) {}

    private final Store<S, C> store;
    private final Work work;
    private final BiFunction<S, C, S> after;
    private final String what;
    private final List<BiConsumer<S, S>> listeners = new CopyOnWriteArrayList<>();
    private final Object turns = new Object();
    private volatile S current;
    private Future<?> lastUpdate = Future.succeededFuture();
    private int waiting;

    /**
     * @param empty the state that no change has led to
     * @param after works out what a change leads to
     * @param what it is, for the log: {@code routing table}
     */
    public SharedState(Store<S, C> store, S empty, BiFunction<S, C, S> after, String what, Work work) {
        this.store = store;
        this.work = work;
        this.current = empty;
        this.after = after;
        this.what = what;
        store.listen(change -> work.run(() -> apply(change)));
    }

    public S current() {
        return current;
    }

    /** Calls the listener with the state before and after each change, in order, on the thread that changes it. */
    public void onChange(BiConsumer<S, S> listener) {
        listeners.add(listener);
    }

    /**
     * Changes the state; worked out anew if another router was first. Updates of one router follow one another. Returns the
     * state that came of it; fails with {@link FailureKind#SHED} when too many wait.
     */
    public Future<S> update(Function<S, C> step) {
        synchronized (turns) {
            if (waiting >= MAX_WAITING) {
                return Future.failedFuture(
                        new ServingException(FailureKind.SHED, "too many changes of the " + what + " wait already"));
            }
            waiting++;
            Future<S> updated = lastUpdate.transform(done -> update(step, MAX_TRIES));
            lastUpdate = updated.onComplete(done -> leaveQueue());
            return updated;
        }
    }

    private void leaveQueue() {
        synchronized (turns) {
            waiting--;
        }
    }

    private Future<S> update(Function<S, C> step, int tries) {
        return work.run(() -> workOut(step))
                .compose(worked -> store.commit(worked.change())
                        .compose(committed -> work.run(() -> adoptChange(worked.base(), worked.change())))
                        .recover(failure -> isConflict(failure) && tries > 1
                                ? reconcile().compose(reloaded -> update(step, tries - 1))
                                : Future.failedFuture(failure)));
    }

    private Worked<S, C> workOut(Function<S, C> step) {
        S base = current;
        return new Worked<>(base, step.apply(base));
    }

    /** Takes over what the store has; gives the store ours if it has lost its own. */
    public Future<S> reconcile() {
        return store.load()
                .compose(kept -> kept.revision() >= current.revision() ? work.run(() -> adopt(kept)) : restore());
    }

    private Future<S> restore() {
        S ours = current;
        LOG.warn("The state store has lost the {}; giving it back revision {}", what, ours.revision());
        return store.reseed(ours).map(ours);
    }

    private S apply(C change) {
        S base = current;
        if (change.base() == base.revision()) {
            adoptChange(base, change);
        } else if (change.revision() > base.revision()) {
            reconcile().onFailure(e -> LOG.debug("Could not reload the {}", what, e));
        }
        return current;
    }

    private S adoptChange(S base, C change) {
        return change.isEmpty() ? current : adopt(after.apply(base, change));
    }

    /** Swaps in a newer state; an older or equal one is left alone, so that late news never turns time back. */
    private synchronized S adopt(S next) {
        S before = current;
        if (next.revision() > before.revision() || isReadBetter(before, next)) {
            current = next;
            LOG.info("{} revision {}: {}", what, next.revision(), next);
            listeners.forEach(listener -> listener.accept(before, next));
        }
        return current;
    }

    /** Whether it is the same revision, and what could not be read has been restored or done away with by hand. */
    private static boolean isReadBetter(Revision before, Revision next) {
        return next.revision() == before.revision()
                && next.unreadable().size() < before.unreadable().size()
                && before.unreadable().containsAll(next.unreadable());
    }

    private static boolean isConflict(Throwable failure) {
        return failure instanceof ServingException serving && serving.kind() == FailureKind.CONFLICT;
    }
}
