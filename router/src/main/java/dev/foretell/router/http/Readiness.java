package dev.foretell.router.http;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** Whether this router should be sent calls, and if not, why. Thread-safe. */
public final class Readiness {
    private final BooleanSupplier storeIsUp;
    private final LongSupplier revision;
    private volatile boolean restored;
    private volatile boolean probed;
    private volatile boolean draining;
    private volatile boolean closing;

    public Readiness(BooleanSupplier storeIsUp, LongSupplier revision) {
        this.storeIsUp = storeIsUp;
        this.revision = revision;
    }

    /** The routing table has been read from the store. */
    public void restored() {
        restored = true;
    }

    /** Every worker of the restored table has been probed once. */
    public void probed() {
        probed = true;
    }

    /** The router is about to stop: it still serves, but wants no more calls. */
    public void draining() {
        draining = true;
    }

    /** The router stops: it takes no calls any more. */
    public void closing() {
        draining = true;
        closing = true;
    }

    boolean isDraining() {
        return draining;
    }

    boolean isClosing() {
        return closing;
    }

    /** A store that is away later does not count: predictions go on from the table in memory. */
    public boolean isReady() {
        return restored && probed && !draining;
    }

    Map<String, Object> describe() {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("ready", isReady());
        view.put("state", restored ? "restored" : "restoring");
        view.put("workers", probed ? "probed" : "probing");
        view.put("store", storeIsUp.getAsBoolean() ? "up" : "away");
        view.put("draining", draining);
        view.put("revision", revision.getAsLong());
        return view;
    }
}
