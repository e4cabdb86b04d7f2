package dev.foretell.router.models.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResponseDiffTest {
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
        ResponseDiff diff = ResponseDiff.of(plain(one), plain(other));

        assertThat(diff.magnitude()).isEqualTo(magnitude, within(1e-7));
        assertThat(diff.at()).isEqualTo(at);
    }

    private static ComparableResponse plain(String body) {
        return new ComparableResponse(Buffer.buffer(body), null, false);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "[0.25,4]; [0.25,4]; 0; ``",
                "[0.25,4]; [0.25,5]; 0.2; /outputs/0/data/1",
                "[0.25,4]; [0.25]; 1; /outputs/0/data",
            })
    void ofInferencesTheOutputsAlone(String one, String other, double magnitude, String at) {
        ResponseDiff diff = ResponseDiff.of(inference(1, one), inference(2, other));

        assertThat(diff.magnitude()).isEqualTo(magnitude, within(1e-7));
        assertThat(diff.at()).isEqualTo(at);
    }

    private static ComparableResponse inference(int version, String data) {
        return new ComparableResponse(Buffer.buffer("""
                {"model_name":"m","model_version":"%s","outputs":[{"name":"Y","data":%s}]}""".formatted(version, data)), null, true);
    }

    @Test
    void binaryOutputsAreReadAsNumbersOrComparedAsTheyAre() {
        ResponseDiff numbers = ResponseDiff.of(
                binary(1, "FP32", Buffer.buffer().appendFloatLE(1).appendFloatLE(4)),
                binary(2, "FP32", Buffer.buffer().appendFloatLE(1).appendFloatLE(5)));
        ResponseDiff nearly = ResponseDiff.of(
                binary(1, "FP64", Buffer.buffer().appendDoubleLE(1)),
                binary(2, "FP64", Buffer.buffer().appendDoubleLE(1.0000001)));
        ResponseDiff strings = ResponseDiff.of(
                binary(1, "BYTES", Buffer.buffer("\u0001\0\0\0a")), binary(2, "BYTES", Buffer.buffer("\u0001\0\0\0b")));

        assertThat(numbers).isEqualTo(new ResponseDiff(0.2, "/outputs/0/data/1"));
        assertThat(nearly.magnitude()).isZero();
        assertThat(strings).isEqualTo(new ResponseDiff(1, "/outputs/0/data"));
    }

    private static ComparableResponse binary(int version, String datatype, Buffer data) {
        String head = """
                {"model_version":"%s","outputs":[{"name":"Y","datatype":"%s","parameters":{"binary_data_size":%s}}]}""".formatted(version, datatype, data.length());
        return new ComparableResponse(Buffer.buffer(head).appendBuffer(data), Integer.toString(head.length()), true);
    }

    @Test
    void aTallyKeepsTheLargestAndDropsWhatIsTooMuch() {
        ShadowTally tally = new ShadowTally();
        for (int i = 0; i <= 10; i++) {
            tally.recordComparison(new ResponseDiff(i / 10.0, "/" + i), "id-" + i);
        }

        assertThat(tally.figures().compared()).isEqualTo(11);
        assertThat(tally.figures().disagreed()).isEqualTo(10);
        assertThat(tally.figures().largest())
                .isEqualTo(java.util.stream.IntStream.of(10, 9, 8, 7, 6)
                        .mapToObj(i -> new ShadowFigures.Difference(i / 10.0, "/" + i, "id-" + i))
                        .toList());

        while (tally.begin()) {
            assertThat(tally.figures().dropped()).isZero();
        }
        assertThat(tally.figures().dropped()).isEqualTo(1);
        tally.end();
        assertThat(tally.begin()).isTrue();
    }
}
