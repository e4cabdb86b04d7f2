package dev.foretell.commons.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foretell.commons.failure.ServingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchFormTest {
    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Test
    void joinsBodiesAndCutsThemApartByteForByte() {
        List<String> bodies = List.of("""
                { "n" : 1.0 }""", "[]", "\"é\\u00e9]\"", "-2e5", "null", """
                        {"a":[{"b":"}"}]}""");

        byte[] request =
                BatchForm.request(bodies.stream().map(BatchFormTest::bytes).toList());

        assertThat(text(request)).isEqualTo("[" + String.join(",", bodies) + "]");
        assertThat(BatchForm.bodies(request, 6).stream().map(BatchFormTest::text))
                .isEqualTo(bodies);
    }

    @Test
    void keepsEachAnswersStatusAndBytes() {
        byte[] response = BatchForm.response(
                List.of(new BatchForm.Answer(200, bytes("2.50")), new BatchForm.Answer(422, bytes("""
                        {"error": "é"}"""))));

        List<BatchForm.Answer> answers = BatchForm.answers(response, 2);

        assertThat(text(response)).isEqualTo("""
                [{"status":200,"body":2.50},{"status":422,"body":{"error": "é"}}]""");
        assertThat(answers).extracting(BatchForm.Answer::status).containsExactly(200, 422);
        assertThat(answers.stream().map(answer -> text(answer.body()))).containsExactly("2.50", """
                {"error": "é"}""");
    }

    @Test
    void readsAnswersHoweverTheyAreSpacedAndWhateverElseTheyHold() {
        List<BatchForm.Answer> answers = BatchForm.answers(bytes("""
                \s[ { "body" : [1, 2] , "more":{"status":1}, "status" : 200 } ]\s"""), 1);

        assertThat(answers.get(0).status()).isEqualTo(200);
        assertThat(text(answers.get(0).body())).isEqualTo("[1, 2]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "[",
                "[]",
                "[1]",
                "[{\"status\":200}]",
                "[{\"body\":1}]",
                "[{\"status\":\"200\",\"body\":1}]",
                "[{\"status\":99,\"body\":1}]",
                "[{\"status\":99999999999,\"body\":1}]",
                "[{\"status\":200,\"body\":1},{\"status\":200,\"body\":1}]",
                "[{\"status\":200,\"body\":1}] x",
                "[{\"status\":200,\"body\":1}"
            })
    void whatIsNotSoManyAnswersIsRefused(String response) {
        assertThatThrownBy(() -> BatchForm.answers(bytes(response), 1)).isInstanceOf(ServingException.class);
    }

    @Test
    void aBatchOfAnotherSizeThanItsHeaderSaysIsRefused() {
        Stream.of(1, 3)
                .forEach(count -> assertThatThrownBy(() -> BatchForm.bodies(bytes("[1,2]"), count))
                        .isInstanceOf(ServingException.class));
    }
}
