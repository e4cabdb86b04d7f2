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
 * An immutable state that all routers share. Reading it is one volatile read; changing it goes step by step through a
 * {@link Store}. Thread-safe. Readers never wait; while the store is unavailable, the last state stays.
 *
 * @param <S> the state
 * @param <C> a step from one revision to the next
 */
public final class SharedState<S extends SharedState.Revision, C extends SharedState.Step> {
    private static final Logger LOG = LoggerFactory.getLogger(SharedState.class);
    private static final int MAX_TRIES = 8;
    private static final int MAX_WAITING = 1000;

    /** A state: the number of changes that led to it. */
    public interface Revision {
        long revision();

        /** The stored entries that cannot be read: they are neither usable nor absent. */
        default Set<String> unreadable() {
            return Set.of();
        }
    }

    /** A change: the revision that it is based on and the one that it leads to; both are equal if nothing changes. */
    public interface Step extends Revision {
        long base();

        default boolean isEmpty() {
            return base() == revision();
        }
    }

    /** Stores the state for all routers and across restarts. */
    public interface Store<S, C> {
        /** The whole stored state; fails with {@link FailureKind#STATE_STORE_UNAVAILABLE}. */
        Future<S> load();

        /**
         * Stores a change and notifies the other routers, all or nothing. An empty change only checks the revision.
         * Fails with {@link FailureKind#CONFLICT} if the stored revision is not the change's base, or with {@link
         * FailureKind#STATE_STORE_UNAVAILABLE}.
         */
        Future<Void> commit(C change);

        /**
         * Stores this state if the store has lost its own (its revision is lower); otherwise fails with {@link
         * FailureKind#CONFLICT}.
         */
        Future<Void> reseed(S state);

        /** Calls the listener with each change that any router commits, including this one; a change may get lost. */
        void listen(Consumer<C> listener);
    }

    /** Where changes are computed and applied: outside the event loops, one at a time. */
    public interface Work {
        /** Runs at once on the caller's thread: for tests, and for little work. */
        Work HERE = new Work() {
            @Override
            public <T> Future<T> run(Callable<T> task) {
                try {
                    return Future.succeededFuture(task.call());
                } catch (Throwable e) {
                    return Future.failedFuture(e);
                }
            }
        };

        <T> Future<T> run(Callable<T> task);
    }

    /** A change, and the state that it is based on. */
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
     * @param empty the initial state
     * @param after applies a change to a state
     * @param what the name of the state for the log: {@code routing table}
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
     * Changes the state; computes the change again if another router was faster. The updates of one router run one at a
     * time. Returns the resulting state; fails with {@link FailureKind#SHED} if too many updates wait.
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

    /** Loads the stored state; stores ours again if the store has lost its own. */
    public Future<S> reconcile() {
        return store.load()
                .compose(kept -> kept.revision() >= current.revision() ? work.run(() -> adopt(kept)) : restore());
    }

    /** If a notification was faster than the load, nothing is lost: the store refuses what it has already. */
    private Future<S> restore() {
        S ours = current;
        return store.reseed(ours)
                .onSuccess(stored -> LOG.warn(
                        "The state store had lost the {}; the router has stored its revision {} again",
                        what,
                        ours.revision()))
                .recover(failure -> isConflict(failure) ? Future.succeededFuture() : Future.failedFuture(failure))
                .map(known -> current);
    }

    private S apply(C change) {
        S base = current;
        if (change.base() == base.revision()) {
            adoptChange(base, change);
        } else if (change.revision() > base.revision()) {
            reconcile().onFailure(e -> LOG.debug("The {} could not be reloaded", what, e));
        }
        return current;
    }

    private S adoptChange(S base, C change) {
        return change.isEmpty() ? current : adopt(after.apply(base, change));
    }

    /** Adopts a newer state and ignores an older or equal one, so that late notifications never go back in time. */
    private synchronized S adopt(S next) {
        S before = current;
        if (next.revision() > before.revision() || isReadBetter(before, next)) {
            current = next;
            LOG.info("{} revision {}: {}", what, next.revision(), next);
            listeners.forEach(listener -> listener.accept(before, next));
        }
        return current;
    }

    /** Whether both have the same revision, but somebody has repaired or deleted unreadable entries by hand. */
    private static boolean isReadBetter(Revision before, Revision next) {
        return next.revision() == before.revision()
                && next.unreadable().size() < before.unreadable().size()
                && before.unreadable().containsAll(next.unreadable());
    }

    private static boolean isConflict(Throwable failure) {
        return failure instanceof ServingException serving && serving.kind() == FailureKind.CONFLICT;
    }
}
