package dev.foretell.router.upstream.breaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foretell.router.upstream.breaker.EndpointBreaker.State;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class EndpointBreakerTest {
    private static final Vertx VERTX = Vertx.vertx();
    private static final int MIN_CALLS = 4;

    private final List<State> states = new CopyOnWriteArrayList<>();
    private final EndpointBreaker breaker = breaker(Duration.ofSeconds(60));

    @AfterAll
    static void close() {
        VERTX.close();
    }

    private EndpointBreaker breaker(Duration trialLimit) {
        EndpointBreaker[] made = new EndpointBreaker[1];
        made[0] = new EndpointBreaker(
                VERTX,
                config(Duration.ofMillis(30), trialLimit),
                () -> 1,
                bound -> 0,
                Runnable::run,
                () -> states.add(made[0].state()));
        return made[0];
    }

    private static BreakerConfig config(Duration ejection, Duration trialLimit) {
        return new BreakerConfig(
                new BreakerConfig.Threshold(Duration.ofSeconds(10), MIN_CALLS, 0.5),
                new BreakerConfig.Times(ejection, Duration.ofSeconds(2), trialLimit),
                new BreakerConfig.Shares(1, 0.5));
    }

    private static void eject(EndpointBreaker breaker) {
        for (int i = 0; i < MIN_CALLS; i++) {
            breaker.record(true, 1);
        }
        assertThat(breaker.state()).isEqualTo(State.OPEN);
    }

    private static void await(EndpointBreaker breaker, State state) {
        Awaitility.await().pollInterval(Duration.ofMillis(2)).until(() -> breaker.state() == state);
    }

    private static TrialVerdict trial(EndpointBreaker breaker) {
        return Objects.requireNonNull(breaker.tryTrial());
    }

    @Test
    void offersNoTrialWhileClosedOrOpen() {
        assertThat(breaker.tryTrial()).isNull();
        eject(breaker);
        assertThat(breaker.tryTrial()).isNull();
    }

    @Test
    void offersThreeTrialsAndIsReadmittedByTwo() {
        eject(breaker);
        await(breaker, State.HALF_OPEN);
        TrialVerdict one = trial(breaker);
        TrialVerdict two = trial(breaker);
        trial(breaker);
        assertThat(breaker.tryTrial()).isNull();

        one.recordSuccess();
        assertThat(breaker.state()).isEqualTo(State.HALF_OPEN);
        two.recordSuccess();

        await(breaker, State.CLOSED);
        assertThat(breaker.tryTrial()).isNull();
        Awaitility.await()
                .untilAsserted(() -> assertThat(states).containsExactly(State.OPEN, State.HALF_OPEN, State.CLOSED));
    }

    @Test
    void twoFailedTrialsEjectAgainAndItMayComeBackLater() {
        eject(breaker);
        await(breaker, State.HALF_OPEN);
        trial(breaker).recordFailure();
        trial(breaker).recordFailure();

        Awaitility.await()
                .untilAsserted(() ->
                        assertThat(states).containsExactly(State.OPEN, State.HALF_OPEN, State.OPEN, State.HALF_OPEN));
        trial(breaker).recordSuccess();
        trial(breaker).recordSuccess();
        await(breaker, State.CLOSED);
    }

    @Test
    void isJudgedByWhatCameWhenTimeIsUp() {
        EndpointBreaker impatient = breaker(Duration.ofMillis(50));
        eject(impatient);
        await(impatient, State.HALF_OPEN);
        trial(impatient).recordSuccess();
        trial(impatient);

        await(impatient, State.CLOSED);
    }

    @Test
    void doesNotStickHalfOpenWhenItsTrialsNeverEnd() {
        EndpointBreaker impatient = breaker(Duration.ofMillis(50));
        eject(impatient);
        await(impatient, State.HALF_OPEN);
        for (int i = 0; i < 3; i++) {
            trial(impatient);
        }

        Awaitility.await().pollInterval(Duration.ofMillis(2)).until(() -> {
            TrialVerdict another = impatient.tryTrial();
            if (another != null) {
                another.recordSuccess();
            }
            return another != null;
        });
        assertThat(impatient.state()).isNotEqualTo(State.OPEN);
    }

    @Test
    void badSettingsAreRefused() {
        Duration second = Duration.ofSeconds(1);

        assertThatThrownBy(() -> new BreakerConfig.Times(second, second, Duration.ZERO))
                .hasMessageContaining("trial-limit must be");
        assertThatThrownBy(() -> new BreakerConfig.Shares(1, 1.5)).hasMessageContaining("panic must be from 0 to 1");
    }

    @Test
    void eachEjectionInARowIsLongerAndAFifthOfItIsLeftToChance() {
        BreakerConfig config = config(Duration.ofMillis(500), Duration.ofSeconds(1));

        assertThat(config.ejectionMillis(1, bound -> 0)).isEqualTo(500);
        assertThat(config.ejectionMillis(1, bound -> bound - 1)).isEqualTo(600);
        assertThat(config.ejectionMillis(3, bound -> 0)).isEqualTo(1500);
        assertThat(config.ejectionMillis(3, bound -> bound - 1)).isEqualTo(1800);
        assertThat(config.ejectionMillis(9, bound -> bound - 1)).isEqualTo(2000);
    }
}
