package dev.foretell.client;

import dev.foretell.client.Ending.Again;
import dev.foretell.client.failure.CallTimeoutException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One call: an attempt at one router, then others where that is safe, within the time of the call. Attempts follow one
 * another, each on whatever thread ended the one before.
 */
final class Attempts {
    private static final int OK = 2;
    /** On top of the call's time, so that the router's own word about it arrives. */
    private static final long GRACE_MS = 250;

    private static final long FIRST_BACKOFF_MS = 100;
    private static final int MOST_DOUBLINGS = 6;

    private final Connection connection;
    private final Outgoing call;
    private final BodyHandler<Received> reading;
    private final List<URI> order;
    private final long endsAt;
    private final CompletableFuture<HttpResponse<Received>> result = new CompletableFuture<>();
    private volatile @Nullable CompletableFuture<?> inFlight;
    private int tries = 1;
    private int place;

    private Attempts(Connection connection, Outgoing call, BodyHandler<Received> reading) {
        this.connection = connection;
        this.call = call;
        this.reading = reading;
        this.order = connection.routers().order();
        this.endsAt = System.nanoTime() + call.time().toNanos();
    }

    /** Sends a call. The future has a success of a router, or the failure of the last attempt; cancelling it ends the call. */
    static CompletableFuture<HttpResponse<Received>> send(
            Connection connection, Outgoing call, BodyHandler<Received> reading) {
        Attempts attempts = new Attempts(connection, call, reading);
        attempts.limitTime();
        attempts.attempt();
        return attempts.result;
    }

    private void limitTime() {
        CompletableFuture<Void> timer = new CompletableFuture<>();
        timer.whenComplete((none, late) -> {
            if (late instanceof TimeoutException) {
                ForkJoinPool.commonPool().execute(this::giveUp); // not on the one thread of all timers
            }
        });
        timer.orTimeout(call.time().toMillis() + GRACE_MS, TimeUnit.MILLISECONDS);
        result.whenComplete((response, failure) -> {
            timer.cancel(false);
            CompletableFuture<?> sent = inFlight;
            if (failure != null && sent != null) {
                sent.cancel(true);
            }
        });
    }

    private void giveUp() {
        result.completeExceptionally(new CallTimeoutException(
                "no response within " + call.time().toMillis() + " ms (attempt " + tries + ")", call.requestId()));
    }

    private void attempt() {
        if (result.isDone()) {
            return;
        }
        URI router = order.get(place % order.size());
        try {
            long leftMs = Math.max(1, left().toMillis());
            CompletableFuture<HttpResponse<Received>> sent =
                    connection.http().sendAsync(connection.request(call, router, leftMs), reading);
            inFlight = sent;
            if (result.isDone()) {
                sent.cancel(true);
            }
            sent.whenComplete((response, failure) -> end(router, response, failure));
        } catch (RuntimeException e) {
            result.completeExceptionally(e); // such as the token's supplier's
        }
    }

    private Duration left() {
        return Duration.ofNanos(endsAt - System.nanoTime());
    }

    private void end(URI router, @Nullable HttpResponse<Received> response, @Nullable Throwable failure) {
        try {
            if (response != null && response.statusCode() / 100 == OK) {
                connection.budget().refill();
                result.complete(response);
            } else if (response != null) {
                goOn(router, Ending.of(response, call.requestId()));
            } else if (failure != null && !result.isDone()) {
                goOn(router, Ending.of(failure, router, call.requestId()));
            }
        } catch (RuntimeException e) {
            result.completeExceptionally(e);
        }
    }

    private void goOn(URI router, Ending ending) {
        if (ending.again() == Again.ELSEWHERE) {
            connection.routers().rest(router);
            if (place < order.size() - 1) {
                place++;
                attempt();
                return;
            }
        }
        Duration wait = waiting(ending);
        if (!mayTryAgain(ending)
                || wait.compareTo(left()) >= 0
                || !connection.budget().tryTake()) {
            result.completeExceptionally(ending.failure());
            return;
        }
        tries++;
        place++;
        CompletableFuture.delayedExecutor(wait.toMillis(), TimeUnit.MILLISECONDS)
                .execute(this::attempt);
    }

    private boolean mayTryAgain(Ending ending) {
        boolean isSafe =
                ending.again() == Again.LATER_IF_REPEATABLE ? call.isRepeatable() : ending.again() != Again.NEVER;
        return isSafe && tries < connection.maxAttempts();
    }

    /** Never less than the router asks for; up to a quarter more, so that callers do not come back all at once. */
    private Duration waiting(Ending ending) {
        long ms = ending.retryAfter() == null
                ? FIRST_BACKOFF_MS << Math.min(tries - 1, MOST_DOUBLINGS)
                : ending.retryAfter().toMillis();
        return Duration.ofMillis(ms + ThreadLocalRandom.current().nextLong(ms / 4 + 1));
    }
}
