package dev.foretell.worker.onnx.shelf;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bounds the memory of all loaded models, as measured by {@link MeasuredLoads}; a run frees its additional memory at
 * its end. Thread-safe; this object guards {@code taken}.
 */
final class ModelMemory {
    private static final Logger LOG = LoggerFactory.getLogger(ModelMemory.class);
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final long bound;
    private final Map<String, ShelvedModel> loaded;
    private long taken;
    /** Loaders that wait for an idle model. */
    private volatile int waiting;

    ModelMemory(long bound, Map<String, ShelvedModel> loaded) {
        this.bound = bound;
        this.loaded = loaded;
    }

    /**
     * Reserves memory for a model and unloads others for it.
     *
     * @throws ServingException NO_WORKER if it can never fit, WORKERS_BUSY if all models stay in use for half a minute
     */
    void take(long bytes) throws InterruptedException {
        grow(0, bytes);
    }

    /** Reserves the memory that a model needs beyond its estimate; fails like {@link #take}. */
    synchronized void grow(long had, long needed) throws InterruptedException {
        MemoryNeed.requireWithin(bound, needed, FailureKind.NO_WORKER);
        long bytes = needed - had;
        waiting++;
        try {
            long end = System.nanoTime() + PATIENCE_NANOS;
            while (taken + bytes > bound) {
                if (!unloadOne()) {
                    await(end);
                }
            }
            taken += bytes;
        } finally {
            waiting--;
        }
    }

    private void await(long end) throws InterruptedException {
        long millis = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        if (millis < 1) {
            throw new ServingException(
                    FailureKind.WORKERS_BUSY, "all models of this host are in use, and its memory is full");
        }
        wait(millis);
    }

    /** Unloads the least recently used idle model. */
    private boolean unloadOne() {
        Map.Entry<String, ShelvedModel> oldest = loaded.entrySet().stream()
                .filter(entry -> entry.getValue().isIdle())
                .min(Comparator.comparingLong(entry -> entry.getValue().lastUse()))
                .orElse(null);
        if (oldest == null) {
            return false;
        }
        unload(oldest.getKey(), oldest.getValue());
        return true;
    }

    /** Unloads a model unless it is in use. */
    synchronized void unload(String digest, ShelvedModel model) {
        if (model.retire()) {
            loaded.remove(digest, model);
            taken -= model.bytes();
            notifyAll();
            LOG.info("model {} unloaded", digest.substring(0, 12));
        }
    }

    synchronized void giveBack(long bytes) {
        taken -= bytes;
        notifyAll();
    }

    synchronized long bytesInUse() {
        return taken;
    }

    /** A model has become idle. Costs next to nothing if no loader waits. */
    void signal() {
        if (waiting > 0) {
            synchronized (this) {
                notifyAll();
            }
        }
    }
}
