package dev.foretell.worker.execution;

import io.vertx.core.Context;
import io.vertx.core.internal.ContextInternal;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Carries the results of calls to one event loop: one task handles everything that has arrived before it runs.
 * Thread-safe.
 */
final class CompletionQueue {
    private static final int AT_ONCE = 256;

    private final Context loop;
    private final Queue<FunctionCall<?>> calls = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean announced = new AtomicBoolean();

    /** @param context the context of the event loop */
    CompletionQueue(Context context) {
        this.loop = ((ContextInternal) context).unwrap();
    }

    void add(FunctionCall<?> call) {
        calls.add(call);
        announce();
    }

    private void announce() {
        if (!announced.get() && announced.compareAndSet(false, true)) {
            try {
                loop.runOnContext(now -> deliver());
            } catch (RejectedExecutionException ended) {
                calls.clear(); // the worker has ended, and nobody is waiting any more
            }
        }
    }

    private void deliver() {
        announced.set(false);
        try {
            deliverSome();
        } finally {
            if (!calls.isEmpty()) {
                announce();
            }
        }
    }

    private void deliverSome() {
        for (int i = 0; i < AT_ONCE; i++) {
            FunctionCall<?> call = calls.poll();
            if (call == null) {
                return;
            }
            call.arrive();
        }
    }
}
