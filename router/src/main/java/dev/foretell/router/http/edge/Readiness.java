package dev.foretell.router.http.edge;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Whether this router should be sent calls, and if not, why. Thread-safe. */
public final class Readiness {
    /**
     * How it is with the store.
     *
     * @param word {@code up}, {@code refusing} or {@code away}
     * @param reason why, for everybody to read; empty where there is no more to say
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
     * @param unreadable entries of the store that nobody can read
     * @param folderTrouble what is wrong with the folder of model files; empty where nothing is
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

    /** The routing table has been read from the store. */
    public synchronized void onRestore() {
        restored = true;
        takesCalls = !closing;
    }

    /** Every worker of the restored table has been probed once. */
    public void onFirstProbes() {
        probed = true;
    }

    /** The router is about to stop: it still serves, but wants no more calls. */
    public void onDrain() {
        draining = true;
    }

    /** The router stops: it takes no calls any more. */
    public synchronized void onClose() {
        draining = true;
        closing = true;
        takesCalls = false;
    }

    /** Whether predict calls are to be looked at: not before the routing table is known, and not once the router stops. */
    public boolean takesCalls() {
        return takesCalls;
    }

    /**
     * To be called before anything is said of what the router remembers.
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

    /** A store that is away later, or takes no writes, does not count: predictions go on from the table in memory. */
    public boolean isReady() {
        return restored && probed && !draining;
    }

    public ReadinessView describe() {
        return new ReadinessView(
                isReady(),
                restored ? "restored" : "restoring",
                probed ? "probed" : "probing",
                ReadinessView.StoreState.of(store.get()),
                draining,
                ReadinessView.State.of(revision.getAsLong(), folderTrouble.get(), unreadable.get()));
    }
}
