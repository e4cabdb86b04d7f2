package dev.foretell.router;

import dev.foretell.router.FakeWorker.Call;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/** A worker that holds every call until the test releases it, and counts how many it had at once. */
final class HeldCalls implements FakeWorker.Script {
    private final Semaphore door = new Semaphore(0, true);
    private final AtomicInteger here = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private final List<String> bodies = new CopyOnWriteArrayList<>();

    @Override
    public void play(Call call) throws IOException {
        most.accumulateAndGet(here.incrementAndGet(), Math::max);
        bodies.add(call.body());
        door.acquireUninterruptibly();
        here.decrementAndGet();
        call.answer(200, call.body());
    }

    void letGo(int calls) {
        door.release(calls);
    }

    int here() {
        return here.get();
    }

    int mostAtOnce() {
        return most.get();
    }

    /** What the calls asked, in the order they came in. */
    List<String> bodies() {
        return bodies;
    }
}
