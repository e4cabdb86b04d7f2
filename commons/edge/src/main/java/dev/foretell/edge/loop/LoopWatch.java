package dev.foretell.edge.loop;

import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Checks twice a second whether each event loop still runs. It logs a loop that is blocked for over a second once, with
 * its stack, and again when it continues. If the thread of a loop has died, it ends the process. Has its own thread.
 * Call {@link #close} before the loops are shut down.
 */
public final class LoopWatch implements AutoCloseable {
    private static final long LOOK_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final List<WatchedLoop> loops;
    private final Thread thread = new Thread(this::run, "event-loop-watch");
    private volatile boolean isClosed;

    private LoopWatch(List<WatchedLoop> loops) {
        this.loops = loops;
    }

    /**
     * Watches until the Vert.x closes. Call it once the server serves: during the start, loops may load classes for
     * seconds on a busy machine, and no caller waits yet.
     */
    public static void start(Vertx vertx) {
        VertxInternal known = (VertxInternal) vertx;
        LoopWatch watch = new LoopWatch(Stream.of(known.nettyEventLoopGroup(), known.acceptorEventLoopGroup())
                .flatMap(group -> StreamSupport.stream(group.spliterator(), false))
                .map(loop -> new WatchedLoop(loop, System::nanoTime))
                .toList());
        watch.thread.setDaemon(true);
        watch.thread.start();
        known.addCloseHook(closed -> {
            watch.close();
            closed.succeed();
        });
    }

    private void run() {
        while (!isClosed) {
            loops.forEach(this::look);
            LockSupport.parkNanos(LOOK_EVERY_NANOS);
        }
    }

    private void look(WatchedLoop loop) {
        if (!loop.look() && !isClosed) {
            FatalLoopError.say("An event loop has died: " + loop.name());
        }
    }

    @Override
    public void close() {
        isClosed = true;
        LockSupport.unpark(thread);
    }
}
