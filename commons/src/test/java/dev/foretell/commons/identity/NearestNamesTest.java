package dev.foretell.commons.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NearestNamesTest {
    @Test
    void namesTheThreeNearestNearestFirst() {
        assertThat(NearestNames.of("fib", List.of("iris", "fob", "fibs", "fab", "diabetes")))
                .isEqualTo("; did you mean fab, fibs, fob?");
    }

    @Test
    void saysNothingWhereThereAreNone() {
        assertThat(NearestNames.of("fib", List.of())).isEmpty();
        assertThat(NearestNames.of("nope", List.of("wine", "iris", "zahl"))).isEmpty();
    }

    @Test
    void lettersThatChangePlacesAndBeginningsAreNear() {
        assertThat(NearestNames.of("irsi", List.of("iris", "wine"))).isEqualTo("; did you mean iris?");
        assertThat(NearestNames.of("iris-2", List.of("iris", "wine"))).isEqualTo("; did you mean iris?");
        assertThat(NearestNames.of("cust", List.of("customer_score"))).isEqualTo("; did you mean customer_score?");
    }

    @Test
    void aNameAsLongAsABodyIsCut() {
        assertThat(NearestNames.abbreviate("x".repeat(1_000_000))).hasSize(41);
        assertThat(NearestNames.of(
                        "x".repeat(1_000_000),
                        IntStream.range(0, 10_000).mapToObj(i -> "model" + i).toList()))
                .isEmpty();
    }
}
