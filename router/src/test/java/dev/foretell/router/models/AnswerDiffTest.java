package dev.foretell.router.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerDiffTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "1; 1; 0; ``",
                "1; 1.0000001; 0; ``",
                "1; 1.00001; 0.00001; ``",
                "0; 0.0; 0; ``",
                "[1,2,3]; [1,2,4]; 0.25; /2",
                "{\"a\":1,\"b\":[0,10]}; {\"b\":[0,5],\"a\":1.0}; 0.5; /b/1",
                "{\"a/b~c\":1}; {\"a/b~c\":2}; 0.5; /a~1b~0c",
                "{\"a\":1}; {\"b\":1}; 1; /a",
                "[1]; [1,2]; 1; ``",
                "\"yes\"; \"no\"; 1; ``",
                "true; true; 0; ``",
                "null; 0; 1; ``",
                "not json; not json; 0; ``",
                "not json; nor this; 1; ``",
                "-1; 1; 2; ``",
            })
    void tellsHowMuchAndWhere(String one, String other, double magnitude, String at) {
        AnswerDiff diff = AnswerDiff.of(Buffer.buffer(one), Buffer.buffer(other));

        assertThat(diff.magnitude()).isEqualTo(magnitude, within(1e-7));
        assertThat(diff.at()).isEqualTo(at);
    }

    @Test
    void aTallyKeepsTheLargestAndDropsWhatIsTooMuch() {
        ShadowTally tally = new ShadowTally();
        for (int i = 0; i <= 10; i++) {
            tally.compared(new AnswerDiff(i / 10.0, "/" + i));
        }

        assertThat(tally.shown())
                .containsEntry("compared", 11L)
                .containsEntry("disagreed", 10L)
                .containsEntry(
                        "largest",
                        java.util.stream.IntStream.of(10, 9, 8, 7, 6)
                                .mapToObj(i -> new AnswerDiff(i / 10.0, "/" + i))
                                .toList());

        while (tally.begin()) {
            assertThat(tally.shown()).containsEntry("dropped", 0L);
        }
        assertThat(tally.shown()).containsEntry("dropped", 1L);
        tally.end();
        assertThat(tally.begin()).isTrue();
    }
}
