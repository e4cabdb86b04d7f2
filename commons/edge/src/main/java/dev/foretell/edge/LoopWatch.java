package dev.foretell.edge;

import io.netty.util.concurrent.EventExecutor;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.StreamSupport;

/**
 * Looks twice a second whether each event loop still takes its turns. One that stands still for over a second is named with what
 * it does, once, and again when it goes on; one whose thread has died ends the process. A thread of its own; {@link #close} is
 * to be called before the loops are shut down.
 */
final class LoopWatch implements AutoCloseable {
    private static final long LOOK_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final List<WatchedLoop> loops;
    private final Thread thread = new Thread(this::run, "event-loop-watch");
    private volatile boolean isClosed;

    private LoopWatch(List<WatchedLoop> loops) {
        this.loops = loops;
    }

    static LoopWatch start(List<Iterable<EventExecutor>> groups) {
        LoopWatch watch = new LoopWatch(groups.stream()
                .flatMap(group -> StreamSupport.stream(group.spliterator(), false))
                .map(loop -> new WatchedLoop(loop, System::nanoTime))
                .toList());
        watch.thread.setDaemon(true);
        watch.thread.start();
        return watch;
    }

    private void run() {
        while (!isClosed) {
            loops.forEach(this::look);
            LockSupport.parkNanos(LOOK_EVERY_NANOS);
        }
    }

    private void look(WatchedLoop loop) {
        if (!loop.look() && !isClosed) {
            LastWords.say("An event loop has died: " + loop.name());
        }
    }

    @Override
    public void close() {
        isClosed = true;
        LockSupport.unpark(thread);
    }
}
