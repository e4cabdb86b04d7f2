package dev.foretell.worker.onnx.shelf;

import dev.foretell.worker.onnx.call.HostedModel;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** A loaded model and its current users. Thread-safe. */
public final class ShelvedModel implements AutoCloseable {
    private static final int RETIRED = -1;

    private final HostedModel model;
    private final long bytes;
    private final Consumer<ShelvedModel> onIdle;
    /** The calls that use it, plus its loader until the waiting calls have it; or {@link #RETIRED}. */
    private final AtomicInteger users = new AtomicInteger(1);

    private volatile long lastUse;
    private volatile boolean isUnwanted;

    ShelvedModel(HostedModel model, long bytes, Consumer<ShelvedModel> onIdle) {
        this.model = model;
        this.bytes = bytes;
        this.onIdle = onIdle;
    }

    public HostedModel model() {
        return model;
    }

    long bytes() {
        return bytes;
    }

    long lastUse() {
        return lastUse;
    }

    boolean isIdle() {
        return users.get() == 0;
    }

    /** Nobody will need it again: unloads it once it is idle. */
    void release() {
        isUnwanted = true;
    }

    boolean isUnwanted() {
        return isUnwanted;
    }

    /** Starts a use, unless it has been unloaded; the caller must close it. */
    boolean enter(long nanos) {
        for (int now = users.get(); now != RETIRED; now = users.get()) {
            if (users.compareAndSet(now, now + 1)) {
                lastUse = nanos;
                return true;
            }
        }
        return false;
    }

    /** Ends a use. */
    @Override
    public void close() {
        if (users.decrementAndGet() == 0) {
            onIdle.accept(this);
        }
    }

    /** Unloads it if nobody uses it. */
    boolean retire() {
        if (!users.compareAndSet(0, RETIRED)) {
            return false;
        }
        model.close();
        return true;
    }
}
