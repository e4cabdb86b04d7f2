package dev.foretell.edge.loop;

import io.netty.util.concurrent.EventExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One event loop, asked repeatedly for a sign of life. Used by one thread. */
final class WatchedLoop {
    private static final Logger LOG = LoggerFactory.getLogger(WatchedLoop.class);
    private static final long STANDS_STILL_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final EventExecutor loop;
    private final LongSupplier nanoClock;
    private volatile boolean hasAnswered = true;
    private volatile @Nullable Thread thread;
    private boolean isNamed;
    private long askedAt;

    WatchedLoop(EventExecutor loop, LongSupplier nanoClock) {
        this.loop = loop;
        this.nanoClock = nanoClock;
    }

    String name() {
        Thread known = thread;
        return known == null ? loop.toString() : known.getName();
    }

    /** Returns whether the loop is alive. */
    boolean look() {
        if (loop.isShuttingDown()) {
            return false;
        }
        if (hasAnswered) {
            goesOn();
            ask();
        } else if (!isNamed && nanoClock.getAsLong() - askedAt > STANDS_STILL_NANOS) {
            isNamed = true;
            LOG.warn("The event loop {} has been blocked for over a second:{}", name(), stack());
        }
        return true;
    }

    private void ask() {
        hasAnswered = false;
        askedAt = nanoClock.getAsLong();
        loop.execute(() -> {
            thread = Thread.currentThread();
            hasAnswered = true;
        });
    }

    private void goesOn() {
        if (isNamed) {
            isNamed = false;
            LOG.warn(
                    "The event loop {} runs again after {} ms",
                    name(),
                    TimeUnit.NANOSECONDS.toMillis(nanoClock.getAsLong() - askedAt));
        }
    }

    private String stack() {
        Thread known = thread;
        return known == null
                ? ""
                : Stream.of(known.getStackTrace())
                        .map(frame -> "\n\tat " + frame)
                        .collect(Collectors.joining());
    }
}
