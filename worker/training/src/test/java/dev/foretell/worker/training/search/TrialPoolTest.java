package dev.foretell.worker.training.search;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.foretell.commons.json.Json;
import dev.foretell.commons.training.AlgorithmSpec;
import dev.foretell.worker.training.learn.Algorithm;
import dev.foretell.worker.training.pipeline.Pipeline;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Trials that this process and its helpers try. */
class TrialPoolTest {
    private static final TrialWork WORK = new TrialWork(
            Pipeline.of(Algorithm.of(AlgorithmSpec.ofName("decision-tree")), Map.of(), 1), new Rung(0, 1, false));
    private static final Trial OWN = Trial.of(new double[] {0.5});

    private final TrialPool pool = new TrialPool(1);
    private final CountDownLatch end = new CountDownLatch(1);
    private final AtomicInteger begun = new AtomicInteger();

    @AfterEach
    void close() {
        pool.close();
    }

    /** It takes until the test ends it, unless it is interrupted. */
    private Optional<Trial> tryLong() {
        begun.incrementAndGet();
        try {
            end.await();
            return Optional.of(OWN);
        } catch (InterruptedException e) {
            return Optional.empty();
        }
    }

    private List<Future<Trial>> add(int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> pool.add(new OpenTrial(number, WORK), this::tryLong))
                .toList();
    }

    private void awaitBegun(int count) {
        Awaitility.await().until(() -> begun.get() == count);
    }

    private List<Integer> offer() throws InterruptedException {
        return pool.awaitOffer(List.of()).stream().map(OpenTrial::number).toList();
    }

    private static Trial get(Future<Trial> trial) throws Exception {
        return trial.get(10, TimeUnit.SECONDS);
    }

    @Test
    void theNextTrialsAreLeftToHelpersAndTheirOutcomesCount() throws Exception {
        List<Future<Trial>> trials = add(6);
        awaitBegun(1);
        assertThat(offer()).containsExactly(1);
        pool.hear(1, Set.of(1));
        assertThat(offer()).containsExactly(1, 2, 3);
        pool.end(1, "helper", Json.readTree("{\"scores\":[0.25]}".getBytes(UTF_8)));

        assertThat(get(trials.get(1)).scores()).containsExactly(0.25);
        assertThat(pool.helped()).isEqualTo(Map.of("helper", 1));
        assertThat(pool.endedFrom(0)).containsOnlyKeys(1);
        end.countDown();
        for (Future<Trial> trial : trials) {
            get(trial);
        }
        assertThat(begun).hasValue(5);
    }

    @Test
    void aTrialThatAHelperHasIsTriedToo() throws Exception {
        List<Future<Trial>> trials = add(2);
        awaitBegun(1);
        pool.hear(1, Set.of(1));
        end.countDown();

        assertThat(get(trials.get(1))).isEqualTo(OWN);
        pool.end(1, "helper", OWN.json());
        assertThat(pool.helped()).isEmpty();
    }

    @Test
    void anOutcomeThatIsNotOfTheTrialsFoldsDoesNotCount() throws Exception {
        List<Future<Trial>> trials = add(2);
        awaitBegun(1);
        pool.end(1, "helper", Trial.of(new double[] {1, 1}).json());

        assertThat(trials.get(1)).isNotDone();
    }

    @Test
    void aTrialIsBrokenOffWhereItsPlaceGoesAndBeginsAgain() throws Exception {
        pool.setPlaces(2);
        List<Future<Trial>> trials = add(2);
        awaitBegun(2);
        pool.setPlaces(1);
        Awaitility.await().until(() -> offer().equals(List.of(1)));
        end.countDown();

        assertThat(get(trials.get(0))).isEqualTo(OWN);
        assertThat(get(trials.get(1))).isEqualTo(OWN);
        assertThat(begun).hasValue(3);
    }

    @Test
    void ofManyHelpersTheFirstAreNamed() {
        add(30);
        awaitBegun(1);
        for (int number = 1; number < 30; number++) {
            pool.end(number, "helper-" + number, OWN.json());
        }

        assertThat(pool.helped()).hasSize(21).containsEntry("helper-20", 1).containsEntry("others", 9);
    }

    @Test
    void aFailureIsTheSameInAnotherProcess() {
        Trial failure = Trial.ofFailure(3, new IllegalStateException("no"));

        Trial told = Trial.of(failure.json());

        assertThat(told.isFailed()).isTrue();
        assertThat(told.scores()).hasSize(3).containsOnly(Double.NaN);
        assertThat(told.failure()).isEqualTo(failure.failure());
    }

    @Test
    void howManyHelpIsBounded() throws Exception {
        List<Future<Trial>> trials = add(2);
        end.countDown();
        pool.hear(Integer.MAX_VALUE, Set.of());

        for (Future<Trial> trial : trials) {
            assertThat(get(trial).scores()).containsExactly(0.5);
        }
    }

    @Test
    void helpersThatAreDismissedAreNotHeard() throws Exception {
        pool.dismissHelpers();
        List<Future<Trial>> trials = add(2);
        pool.hear(1, Set.of(1));
        pool.end(1, "helper", Json.readTree("{\"scores\":[0.25]}".getBytes(UTF_8)));
        end.countDown();

        assertThat(get(trials.get(1)).scores()).containsExactly(0.5);
        assertThat(pool.helped()).isEmpty();
    }
}
