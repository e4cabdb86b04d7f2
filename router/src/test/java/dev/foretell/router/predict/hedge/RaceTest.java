package dev.foretell.router.predict.hedge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foretell.commons.identity.ModelKey;
import dev.foretell.commons.identity.WorkerId;
import dev.foretell.commons.time.TimeoutWheel;
import dev.foretell.commons.wire.RoutingMap;
import dev.foretell.router.balance.BalanceConfig;
import dev.foretell.router.routing.RoutingConfig;
import dev.foretell.router.routing.RoutingTable;
import dev.foretell.router.upstream.breaker.BreakerConfig;
import dev.foretell.router.upstream.call.AttemptFailure;
import dev.foretell.router.upstream.call.AttemptFailure.Reason;
import dev.foretell.router.upstream.call.Cancellation;
import dev.foretell.router.upstream.call.WorkerCall.Recipient;
import dev.foretell.router.upstream.call.WorkerCall.Waiting;
import dev.foretell.router.upstream.call.WorkerResponse;
import dev.foretell.router.upstream.pool.EndpointPool;
import dev.foretell.router.upstream.pool.EndpointPools;
import dev.foretell.router.upstream.pool.Slot;
import dev.foretell.router.upstream.pool.WarmUpConfig;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class RaceTest {
    private static final Vertx VERTX = Vertx.vertx();
    private static final long MILLI = 1_000_000;
    private static final WorkerResponse ANSWER =
            new WorkerResponse(new WorkerId("h", 1, 0), 200, MultiMap.caseInsensitiveMultiMap(), Buffer.buffer("1"));

    private final EndpointPool pool = pool();
    private final Cancellation call = new Cancellation();
    private final List<Promise<WorkerResponse>> attempts = new ArrayList<>();
    private final List<String> events = new ArrayList<>();
    private final Deque<Runnable> alarms = new ArrayDeque<>();
    private final TimeoutWheel wheel = new TimeoutWheel((millis, action) -> alarms.add(action), () -> this.now);
    private boolean copyAllowed = true;
    private boolean othersLeft;
    private boolean othersAnswer = true;
    private @Nullable Recipient told;
    private long now;

    @AfterAll
    static void close() {
        VERTX.close();
    }

    private static EndpointPool pool() {
        EndpointPools pools = new EndpointPools(
                VERTX,
                BalanceConfig.defaults(),
                BreakerConfig.defaults(),
                RoutingConfig.defaults(),
                WarmUpConfig.defaults(),
                System::nanoTime);
        String map = """
                {"AI":{"fib":[{"host":"h","port":1},{"host":"h","port":2}]}}""";
        pools.follow(
                RoutingTable.EMPTY,
                RoutingTable.EMPTY.after(
                        RoutingTable.EMPTY.merge(RoutingMap.parse(map.getBytes(StandardCharsets.UTF_8)))));
        pools.hosts().forEach(host -> host.onProbePass(null));
        return pools.find(new ModelKey("AI", "fib")).orElseThrow();
    }

    /** Attempts that end when the test says so, or when they are broken off. */
    private final class Fake implements Race.Runners {
        @Override
        public HedgedCall call() {
            throw new UnsupportedOperationException("the test sends the attempts itself");
        }

        @Override
        public Future<WorkerResponse> send(Slot slot, Recipient recipient) {
            told = told == null ? recipient : told;
            int number = attempts.size();
            Promise<WorkerResponse> attempt = Promise.promise();
            attempts.add(attempt);
            recipient.cancellation().onAbort(why -> {
                if (!attempt.future().isComplete()) {
                    events.add(number + " " + why);
                    attempt.fail(new AttemptFailure(why, null));
                }
            });
            return attempt.future();
        }

        @Override
        public Optional<Slot> second() {
            return copyAllowed ? pool.take(0, List.of()) : Optional.empty();
        }

        @Override
        public Optional<Slot> secondOfSilent() {
            return othersAnswer ? pool.take(0, List.of()) : Optional.empty();
        }

        @Override
        public void endSilenceHedge() {
            events.add("copy ended");
        }

        @Override
        public boolean goesOnElsewhere() {
            return othersLeft;
        }

        @Override
        public void onEnd(boolean secondWon) {
            events.add(secondWon ? "second won" : "second did not win");
        }
    }

    private Future<WorkerResponse> race() {
        return new Race(new Fake()).run(pool.take(0, List.of()).orElseThrow(), call, wheel, 100 * MILLI);
    }

    private Future<WorkerResponse> raceOfTwo() {
        Future<WorkerResponse> race = race();
        pass(110);
        assertThat(attempts).hasSize(2);
        return race;
    }

    private void pass(long millis) {
        now += millis * MILLI;
        Runnable alarm = alarms.poll();
        if (alarm != null) {
            alarm.run();
        }
    }

    /** The first worker is silent now; its call stays there. */
    private void firstIsSilent() {
        Objects.requireNonNull(told).onSilence(new Waiting() {
            @Override
            public void completeFromElsewhere(WorkerResponse response) {
                events.add("0 answered elsewhere");
                attempts.get(0).complete(response);
            }

            @Override
            public void abort(Reason why) {}

            @Override
            public Future<WorkerResponse> outcome() {
                return attempts.get(0).future();
            }
        });
    }

    private void fail(int attempt) {
        attempts.get(attempt).fail(new AttemptFailure(Reason.ERROR_STATUS, null));
    }

    private static Reason reason(Future<WorkerResponse> race) {
        return ((AttemptFailure) race.cause()).reason();
    }

    @Test
    void aFirstThatAnswersInTimeHasNoCompany() {
        Future<WorkerResponse> race = race();
        pass(90);

        attempts.get(0).complete(ANSWER);
        pass(100);

        assertThat(race.result()).isSameAs(ANSWER);
        assertThat(attempts).hasSize(1);
        assertThat(events).isEmpty();
    }

    @Test
    void aFirstThatFailsInTimeEndsTheRace() {
        Future<WorkerResponse> race = race();

        fail(0);
        pass(110);

        assertThat(reason(race)).isEqualTo(Reason.ERROR_STATUS);
        assertThat(attempts).hasSize(1);
    }

    @Test
    void theSecondWinsAndTheFirstIsBrokenOff() {
        Future<WorkerResponse> race = raceOfTwo();

        attempts.get(1).complete(ANSWER);

        assertThat(race.result()).isSameAs(ANSWER);
        assertThat(events).containsExactly("second won", "0 OVERTAKEN");
    }

    @Test
    void theFirstWinsAndTheSecondIsBrokenOff() {
        Future<WorkerResponse> race = raceOfTwo();

        attempts.get(0).complete(ANSWER);

        assertThat(race.result()).isSameAs(ANSWER);
        assertThat(events).containsExactly("second did not win", "1 OVERTAKEN");
    }

    @Test
    void oneThatFailsLeavesTheOtherInTheRace() {
        Future<WorkerResponse> race = raceOfTwo();

        fail(1);
        assertThat(race.isComplete()).isFalse();
        attempts.get(0).complete(ANSWER);

        assertThat(race.result()).isSameAs(ANSWER);
        assertThat(events).containsExactly("second did not win");
    }

    @Test
    void failsWhenBothFailed() {
        Future<WorkerResponse> race = raceOfTwo();

        fail(0);
        assertThat(race.isComplete()).isFalse();
        fail(1);

        assertThat(reason(race)).isEqualTo(Reason.ERROR_STATUS);
        assertThat(events).containsExactly("second did not win");
    }

    @Test
    void aSecondThatFailsEndsTheRaceWhereThereAreOthersToTry() {
        othersLeft = true;
        Future<WorkerResponse> race = raceOfTwo();

        fail(1);

        assertThat(reason(race)).isEqualTo(Reason.ERROR_STATUS);
        assertThat(events).containsExactly("second did not win", "0 OVERTAKEN");
    }

    @Test
    void bothAreBrokenOffWithTheCallAndForTheSameReason() {
        othersLeft = true;
        Future<WorkerResponse> race = raceOfTwo();

        call.abort(Reason.CANCELLED);

        assertThat(reason(race)).isEqualTo(Reason.CANCELLED);
        assertThat(events).containsExactly("0 CANCELLED", "1 CANCELLED", "second did not win");
    }

    @Test
    void withoutAWorkerForTheSecondTheFirstRunsAlone() {
        copyAllowed = false;
        Future<WorkerResponse> race = race();
        pass(110);

        attempts.get(0).complete(ANSWER);

        assertThat(race.result()).isSameAs(ANSWER);
        assertThat(attempts).hasSize(1);
    }

    @Test
    void whereThereIsNothingForHedgingASilentWorkersCallHasItsCopyAllTheSame() {
        copyAllowed = false;
        Future<WorkerResponse> race = race();
        pass(110);
        assertThat(attempts).hasSize(1);

        firstIsSilent();
        firstIsSilent();
        assertThat(attempts).hasSize(2);
        attempts.get(1).complete(ANSWER);

        assertThat(race.result()).isSameAs(ANSWER);
        assertThat(events).containsExactly("copy ended", "0 answered elsewhere");
    }

    @Test
    void aCopyForSilenceIsTheOnlyOne() {
        race();

        firstIsSilent();
        pass(110);

        assertThat(attempts).hasSize(2);
    }

    @Test
    void aCallThatHasASecondNeedsNoCopyForSilence() {
        raceOfTwo();

        firstIsSilent();

        assertThat(attempts).hasSize(2);
    }

    @Test
    void aCopyIsLookedForAgainUntilAWorkerAnswers() {
        othersAnswer = false;
        race();
        firstIsSilent();
        assertThat(attempts).hasSize(1);

        othersAnswer = true;
        firstIsSilent();

        assertThat(attempts).hasSize(2);
    }

    @Test
    void aSilentWorkerThatAnswersFirstWins() {
        Future<WorkerResponse> race = race();
        firstIsSilent();

        attempts.get(0).complete(ANSWER);

        assertThat(race.result()).isSameAs(ANSWER);
        assertThat(events).containsExactly("1 OVERTAKEN", "copy ended");
    }

    @Test
    void aCallThatWasBrokenOffBeforeHasNoSecond() {
        call.abort(Reason.CANCELLED);

        Future<WorkerResponse> race = race();
        fail(0);
        pass(110);

        assertThat(race.failed()).isTrue();
        assertThat(attempts).hasSize(1);
    }
}
