package dev.foretell.router.tasks.help;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.foretell.commons.json.Json;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SearchOfferTest {
    private static final long LEASE = 100;
    private static final ObjectNode WORK = Json.MAPPER.createObjectNode().put("algorithm", "decision-tree");
    private static final ObjectNode SCORES = Json.MAPPER.createObjectNode();

    private final SearchOffer offer = SearchOffer.of("t", 3, "owner", "v1").offer(trials(5, 6, 7), 0, LEASE);

    static {
        SCORES.putArray("scores").add(0.5);
    }

    private static List<OfferedTrial> trials(int... numbers) {
        return IntStream.of(numbers)
                .mapToObj(number -> OfferedTrial.of(number, WORK))
                .toList();
    }

    private static HelperReport report(
            String trainer, int places, Map<Integer, Long> working, HelperReport.Ended... ended) {
        return new HelperReport(trainer, "v1", places, working, List.of(ended));
    }

    private static HelperReport.Ended ended(int number, long token) {
        return new HelperReport.Ended(number, token, SCORES);
    }

    private static List<Integer> numbers(List<OfferedTrial> trials) {
        return trials.stream().map(OfferedTrial::number).toList();
    }

    @Test
    void lendsTheFirstTrialsThatNobodyHas() {
        SearchOffer one = offer.hear(report("a", 2, Map.of()), 0, LEASE);
        SearchOffer two = one.hear(report("b", 2, Map.of()), 0, LEASE);

        assertThat(numbers(one.of("a"))).containsExactly(5, 6);
        assertThat(numbers(two.of("b"))).containsExactly(7);
        assertThat(two.helping(0)).isEqualTo(4);
        assertThat(two.open(0)).isZero();
    }

    @Test
    void anOutcomeCountsOnceAndWithTheTokenOfTheLease() {
        SearchOffer lent = offer.hear(report("a", 1, Map.of()), 0, LEASE);
        HelperReport good = report("a", 1, Map.of(), ended(5, 1));
        SearchOffer told = lent.hear(good, 1, LEASE);

        assertThat(lent.counted(report("a", 1, Map.of(), ended(5, 2)))).isZero();
        assertThat(lent.counted(report("b", 1, Map.of(), ended(5, 1)))).isZero();
        assertThat(lent.counted(good)).isEqualTo(1);
        assertThat(told.counted(good)).isZero();
        assertThat(told.trials().get(0).outcome()).isEqualTo(SCORES);
        assertThat(numbers(told.of("a"))).containsExactly(6);
    }

    @Test
    void aSilentHelperLosesItsTrialToTheNextAndItsLateOutcomeIsRefused() {
        SearchOffer lent = offer.hear(report("a", 1, Map.of()), 0, LEASE);
        SearchOffer taken = lent.hear(report("b", 1, Map.of()), LEASE, LEASE);

        assertThat(numbers(taken.of("b"))).containsExactly(5);
        assertThat(taken.counted(report("a", 1, Map.of(), ended(5, 1)))).isZero();
        assertThat(taken.helping(LEASE)).isEqualTo(1);
    }

    @Test
    void aHelperThatIsHeardOfKeepsItsTrialAndOneThatItDoesNotNameIsFree() {
        SearchOffer lent = offer.hear(report("a", 2, Map.of()), 0, LEASE);
        SearchOffer renewed = lent.hear(report("a", 1, Map.of(6, 2L)), LEASE - 1, LEASE);

        assertThat(numbers(renewed.of("a"))).containsExactly(6);
        assertThat(renewed.open(LEASE + 1)).isEqualTo(2);
        assertThat(renewed.hear(report("a", 0, Map.of()), LEASE, LEASE).helping(LEASE))
                .isZero();
    }

    @Test
    void whatIsOfferedNoMoreIsGoneAndWhatStaysKeepsItsLease() {
        SearchOffer lent = offer.hear(report("a", 2, Map.of()), 0, LEASE).offer(trials(6, 8), 1, LEASE);

        assertThat(numbers(lent.of("a"))).containsExactly(6);
        assertThat(numbers(lent.trials())).containsExactly(6, 8);
        assertThat(lent.counted(report("a", 2, Map.of(), ended(5, 1)))).isZero();
    }

    @Test
    void allHelpersTogetherHaveNoMorePlacesThanTheBound() {
        SearchOffer many = SearchOffer.of("t", 3, "owner", "v1")
                .offer(trials(IntStream.range(0, 128).toArray()), 0, LEASE)
                .hear(report("a", 60, Map.of()), 0, LEASE)
                .hear(report("b", 60, Map.of()), 0, LEASE);

        assertThat(many.of("a")).hasSize(60);
        assertThat(many.of("b")).hasSize(SearchOffer.MAX_HELPING - 60);
        assertThat(many.helping(0)).isEqualTo(SearchOffer.MAX_HELPING);
    }

    @Test
    void helpersThatComeAndGoDoNotFillTheOffer() {
        SearchOffer many = SearchOffer.of("t", 3, "owner", "v1").offer(trials(5), 0, LEASE);
        for (int helper = 0; helper < 1000; helper++) {
            many = many.hear(report("helper-" + helper, 1, Map.of()), 0, LEASE);
        }

        assertThat(many.helpers()).hasSize(SearchOffer.MAX_HELPING);
        assertThat(many.hear(report("late", 1, Map.of()), LEASE, LEASE).helpers())
                .hasSize(1);
    }

    @Test
    void aClockThatIsSetBackLeavesNoTrialWithAHelperThatIsGone() {
        long day = 86_400_000;
        SearchOffer lent = offer.hear(report("a", 3, Map.of()), day, LEASE);
        SearchOffer back = lent.offer(trials(5, 6, 7), 0, LEASE);

        assertThat(back.open(0)).isEqualTo(3);
        assertThat(back.helping(0)).isZero();
        assertThat(numbers(lent.hear(report("b", 3, Map.of()), 0, LEASE).of("b")))
                .containsExactly(5, 6, 7);
    }

    @Test
    void isKeptAsJson() throws JsonProcessingException {
        SearchOffer lent =
                offer.hear(report("a", 1, Map.of()), 0, LEASE).hear(report("a", 1, Map.of(), ended(5, 1)), 0, LEASE);
        JsonNode json = Json.readTree(Json.write(lent));

        SearchOffer kept = Json.MAPPER.treeToValue(json, SearchOffer.class);
        assertThat(Json.writeText(kept)).isEqualTo(Json.writeText(lent));
        assertThat(kept.of("a")).isEqualTo(lent.of("a"));
    }
}
