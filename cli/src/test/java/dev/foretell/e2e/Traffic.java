package dev.foretell.e2e;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Callers that call one after the other until they are stopped. */
final class Traffic implements AutoCloseable {
    private final List<Thread> callers = new ArrayList<>();
    private final AtomicInteger answered = new AtomicInteger();
    private final ConcurrentLinkedQueue<Http.Reply> failed = new ConcurrentLinkedQueue<>();
    private volatile boolean stopped;

    private Traffic(int callers, Supplier<Http.Reply> call) {
        for (int i = 0; i < callers; i++) {
            Thread caller = new Thread(() -> run(call), "caller-" + i);
            caller.start();
            this.callers.add(caller);
        }
    }

    static Traffic of(int callers, Supplier<Http.Reply> call) {
        return new Traffic(callers, call);
    }

    private void run(Supplier<Http.Reply> call) {
        while (!stopped) {
            Http.Reply reply = call.get();
            if (reply.status() == 200) {
                answered.incrementAndGet();
            } else {
                failed.add(reply);
            }
        }
    }

    int answered() {
        return answered.get();
    }

    /** Everything but 200. */
    List<Http.Reply> failed() {
        return List.copyOf(failed);
    }

    @Override
    public void close() {
        stopped = true;
        callers.forEach(caller -> {
            try {
                caller.join();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }
}
