package dev.foretell.cli.experts;

import dev.foretell.cli.child.Child;
import dev.foretell.cli.terminal.CommandFailure;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One expert that is started again, at the port that it had, when its process dies: at most five times in a row, each of which did
 * not last a minute. Thread-safe.
 */
final class KeptExpert implements AutoCloseable {
    private static final int MOST = 5;
    private static final Duration STEADY = Duration.ofMinutes(1);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final String id;
    private final Launcher launcher;
    private final CountDownLatch closed = new CountDownLatch(1);
    private Child child;

    /** How its process starts. */
    interface Launcher {
        /**
         * @param port where it listens; 0 for a free one
         * @param start 1 for its first start
         */
        Child start(int port, int start) throws IOException;
    }

    KeptExpert(String id, Launcher launcher) throws IOException {
        this.id = id;
        this.launcher = launcher;
        this.child = launcher.start(0, 1);
    }

    /** Waits until it listens; returns its URL. */
    String url() throws IOException, InterruptedException {
        return child().url();
    }

    private synchronized Child child() {
        return child;
    }

    /**
     * From now on it is started again.
     *
     * @param news is told in a sentence what became of it
     */
    void keep(String url, Consumer<String> news) {
        int port = URI.create(url).getPort();
        Thread keeper = new Thread(() -> keep(port, news), "expert-" + id);
        keeper.setDaemon(true);
        keeper.start();
    }

    private void keep(int port, Consumer<String> news) {
        int died = 0;
        long startNanos = System.nanoTime();
        while (true) {
            int exitCode = child().onEnd().join();
            died = System.nanoTime() - startNanos > STEADY.toNanos() ? 1 : died + 1;
            if (isClosed(PAUSE)) {
                return;
            }
            String ended = "expert " + id + " has ended with exit code " + exitCode;
            if (died > MOST) {
                news.accept(ended + " " + died + " times in a row, and stays down");
                return;
            }
            startNanos = System.nanoTime();
            String url = startAgain(port, died + 1);
            if (url != null) {
                news.accept(ended + "; it is started again at " + url);
            }
        }
    }

    private boolean isClosed(Duration pause) {
        try {
            return closed.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            return true;
        }
    }

    /** Its URL; null where it ended before it listened, or does not start any more. */
    private @Nullable String startAgain(int port, int start) {
        try {
            Child next;
            synchronized (this) {
                if (closed.getCount() == 0) {
                    return null;
                }
                next = launcher.start(port, start);
                child = next;
            }
            return next.url();
        } catch (IOException | CommandFailure dead) {
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            closed.countDown();
        }
        child().close();
    }
}
