package dev.foretell.worker.function;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Receives a publisher's items on one thread and requests only a few ahead. Its signals arrive on any thread; this
 * object guards {@code subscription} and {@code over}.
 */
final class PublisherItems implements Flow.Subscriber<Object> {
    private static final int AHEAD = 16;

    private final BlockingQueue<Signal> signals = new ArrayBlockingQueue<>(AHEAD + 1);
    private Flow.@Nullable Subscription subscription;
    private boolean over;
    private volatile boolean flooded;

    /** An item or the end, with a failure if there is one. */
    private record Signal(@Nullable Object item, @Nullable Throwable failure) {
        private boolean isLast() {
            return item == null;
        }
    }

    <T> void pour(Flow.Publisher<T> publisher, Consumer<@Nullable Object> taker) throws Exception {
        try {
            publisher.subscribe(this);
            int taken = 0;
            Signal signal = signals.take();
            while (!signal.isLast()) {
                taker.accept(signal.item());
                taken++;
                if (taken % (AHEAD / 2) == 0) {
                    request(AHEAD / 2);
                }
                signal = signals.take();
            }
            requireWell(signal);
        } finally {
            cancel();
        }
    }

    private void requireWell(Signal last) throws Exception {
        if (flooded) {
            throw new IllegalStateException("the publisher sent more items than requested");
        } else if (last.failure() instanceof Exception failure) {
            throw failure;
        } else if (last.failure() != null) {
            throw new IllegalStateException(last.failure());
        }
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        if (take(given)) {
            given.request(AHEAD);
        } else {
            given.cancel();
        }
    }

    private synchronized boolean take(Flow.Subscription given) {
        boolean isWanted = subscription == null && !over;
        if (isWanted) {
            subscription = given;
        }
        return isWanted;
    }

    private void request(long more) {
        Flow.Subscription from = current();
        if (from != null) {
            from.request(more);
        }
    }

    private synchronized Flow.@Nullable Subscription current() {
        return subscription;
    }

    private void cancel() {
        Flow.Subscription from = takeSubscription();
        if (from != null) {
            from.cancel();
        }
    }

    private synchronized Flow.@Nullable Subscription takeSubscription() {
        over = true;
        return subscription;
    }

    @Override
    public void onNext(Object item) {
        if (!signals.offer(new Signal(item, null))) {
            flooded = true;
            signals.clear();
            signals.offer(new Signal(null, null));
            cancel();
        }
    }

    @Override
    public void onError(Throwable failure) {
        signals.offer(new Signal(null, failure));
    }

    @Override
    public void onComplete() {
        signals.offer(new Signal(null, null));
    }
}
