package dev.foretell.router.upstream.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import org.junit.jupiter.api.Test;

/** What a call holds of workers' responses is bounded together with all other calls. */
class CallMemoryTest {
    private static final ServingException TOO_LONG = new ServingException(FailureKind.INVALID_INPUT, "too long");

    private final ResponseMemory all = new ResponseMemory(1_000_000);
    private final CallMemory first = new CallMemory(all, TOO_LONG);
    private final CallMemory second = new CallMemory(all, TOO_LONG);

    private static byte[] objects(int count) {
        return ("[" + String.join(",", Collections.nCopies(count, "{}")) + "]").getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void aTreeTakesItsSizeUntilTheCallEnds() {
        assertThat(first.readTree(objects(5_000))).hasSize(5_000);
        assertThat(all.bytesInUse()).isBetween(5_000 * 84L, 600_000L);

        first.takeAgain();
        assertThat(all.bytesInUse()).isGreaterThan(800_000);

        first.close();
        first.close();
        assertThat(all.bytesInUse()).isZero();
    }

    @Test
    void whoseTreeFindsNoRoomBesideOthersMayCallAgain() {
        first.readTree(objects(6_000));

        assertThatThrownBy(() -> second.readTree(objects(6_000)))
                .isInstanceOfSatisfying(
                        ServingException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.SHED));

        second.close();
        first.close();
        assertThat(all.bytesInUse()).as("what was taken for half a tree, too").isZero();
    }

    @Test
    void whatNeverFitsIsRefusedForGood() {
        assertThatThrownBy(() -> first.readTree(objects(20_000))).isSameAs(TOO_LONG);
    }

    @Test
    void nothingIsReadForACallThatIsOver() {
        first.close();

        assertThatThrownBy(() -> first.readTree(objects(5_000)))
                .isInstanceOfSatisfying(
                        ServingException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.SHED));
        assertThat(all.bytesInUse()).isZero();
    }

    @Test
    void textThatIsNoJsonIsNamed() {
        for (String text : new String[] {"", "{", "[1,", "nul"}) {
            assertThatThrownBy(() -> first.readTree(text.getBytes(StandardCharsets.UTF_8)))
                    .isInstanceOfSatisfying(
                            ServingException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.MALFORMED));
        }
    }
}
