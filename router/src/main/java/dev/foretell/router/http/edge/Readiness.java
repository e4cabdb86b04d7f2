package dev.foretell.router.http.edge;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Whether this router should get calls, and if not, why. Thread-safe. */
public final class Readiness {
    /**
     * The state of the store.
     *
     * @param word {@code up}, {@code refusing} or {@code away}
     * @param reason the reason, for everyone to read; empty if there is nothing to add
     */
    public record Store(String word, String reason) {}

    private final Supplier<Store> store;
    private final LongSupplier revision;
    private final Supplier<List<String>> unreadable;
    private final Supplier<String> folderTrouble;
    private volatile boolean restored;
    private volatile boolean probed;
    private volatile boolean draining;
    private volatile boolean closing;
    private volatile boolean takesCalls;

    /**
     * @param unreadable entries of the store that cannot be read
     * @param folderTrouble the problem with the folder of model files; empty if there is none
     */
    public Readiness(
            Supplier<Store> store,
            LongSupplier revision,
            Supplier<List<String>> unreadable,
            Supplier<String> folderTrouble) {
        this.store = store;
        this.revision = revision;
        this.unreadable = unreadable;
        this.folderTrouble = folderTrouble;
    }

    /** The routing table has been loaded from the store. */
    public synchronized void onRestore() {
        restored = true;
        takesCalls = !closing;
    }

    /** Every worker of the restored table has been probed once. */
    public void onFirstProbes() {
        probed = true;
    }

    /** The router is about to stop: it still serves, but should get no more calls. */
    public void onDrain() {
        draining = true;
    }

    /** The router stops and takes no more calls. */
    public synchronized void onClose() {
        draining = true;
        closing = true;
        takesCalls = false;
    }

    /**
     * Whether predict calls are accepted: not before the routing table is known, and not after the router has stopped.
     */
    public boolean takesCalls() {
        return takesCalls;
    }

    /**
     * Call it before any response about the router's state.
     *
     * @throws ServingException {@link FailureKind#STARTING}
     */
    public void requireRestored() {
        if (!restored) {
            throw restorationPending();
        }
    }

    public static ServingException restorationPending() {
        return new ServingException(
                FailureKind.STARTING,
                "the router has just started and is restoring its state; GET /readyz says what it waits for");
    }

    boolean isDraining() {
        return draining;
    }

    public boolean isClosing() {
        return closing;
    }

    /** A later outage of the store does not count, because predictions continue with the table in memory. */
    public boolean isReady() {
        return restored && probed && !draining;
    }

    public ReadinessView describe() {
        Store now = store.get();
        return new ReadinessView(
                isReady(),
                restored ? "restored" : "restoring",
                probed ? "probed" : "probing",
                new ReadinessView.StoreState(now.word(), now.reason()),
                draining,
                ReadinessView.State.of(revision.getAsLong(), folderTrouble.get(), unreadable.get()));
    }
}
