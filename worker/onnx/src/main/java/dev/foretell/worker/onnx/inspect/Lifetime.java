package dev.foretell.worker.onnx.inspect;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Ends a scratch process when its time is over or the process that started it has gone: nobody else may be there to do so. */
final class Lifetime {
    private static final int OVER = 3;

    private Lifetime() {}

    static void bound(Duration longest) {
        Thread watch = new Thread(() -> end(longest), "lifetime");
        watch.setDaemon(true);
        watch.start();
    }

    private static void end(Duration longest) {
        Optional<CompletableFuture<ProcessHandle>> parent =
                ProcessHandle.current().parent().map(ProcessHandle::onExit);
        try {
            parent.orElseGet(CompletableFuture::new).get(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            // Its time is over in any case.
        }
        Runtime.getRuntime().halt(OVER);
    }
}
