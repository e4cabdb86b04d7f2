package dev.foretell.cli.child;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CountDownLatch;
import sun.misc.Signal;

/**
 * A request to end this program: SIGINT, SIGTERM, or the end of its parent. A second request ends it at once.
 * Thread-safe.
 */
public final class StopSignal {
    private static final int HALTED = 130;

    private final CountDownLatch wished = new CountDownLatch(1);
    private final Runnable onWish;
    private volatile boolean patient;
    private volatile boolean orderly;

    private StopSignal(Runnable onWish) {
        this.onWish = onWish;
    }

    /** Listens for signals from now on. */
    public static StopSignal install() {
        return install(() -> {});
    }

    /** The same, and runs the action at the first request. */
    public static StopSignal install(Runnable onWish) {
        StopSignal stop = new StopSignal(onWish);
        Signal.handle(new Signal("INT"), signal -> stop.wish());
        Signal.handle(new Signal("TERM"), signal -> stop.terminate());
        return stop;
    }

    /**
     * Treats the end of stdin as a request, because the parent holds the other end. Both processes get a terminal's
     * Ctrl-C, so a second request no longer means impatience.
     */
    public StopSignal followParent() {
        patient = true;
        Thread reader = new Thread(this::readToTheEnd, "parent");
        reader.setDaemon(true);
        reader.start();
        return this;
    }

    /** Whether the request was a SIGTERM, whose sender can wait, unlike a person who presses Ctrl-C. */
    public boolean isOrderly() {
        return orderly;
    }

    public void await() throws InterruptedException {
        wished.await();
    }

    private void terminate() {
        orderly = true;
        wish();
    }

    private synchronized void wish() {
        if (wished.getCount() > 0) {
            wished.countDown();
            onWish.run();
        } else if (!patient) {
            Runtime.getRuntime().halt(HALTED);
        }
    }

    private void readToTheEnd() {
        try (InputStream in = System.in) {
            in.transferTo(java.io.OutputStream.nullOutputStream());
        } catch (IOException e) {
            // The pipe broke, so the parent has ended too.
        }
        wish();
    }
}
