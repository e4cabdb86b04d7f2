package dev.foretell.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormEndTest {
    private static final String PLAIN = "multipart/form-data; boundary=XbX";

    private static boolean hasCome(String contentType, String body, int pieceBytes) {
        FormEnd end = new FormEnd(contentType);
        for (int at = 0; at < body.length(); at += pieceBytes) {
            end.add(Buffer.buffer(body.substring(at, Math.min(body.length(), at + pieceBytes))));
        }
        return end.hasCome();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 1024, 5000, 100_000})
    void findsTheLastBoundaryHoweverItIsCut(int pieceBytes) {
        String form = "--XbX\r\n\r\n" + "x".repeat(20_000) + "\r\n--XbX--\r\n";

        assertThat(hasCome(PLAIN, form, pieceBytes)).isTrue();
        assertThat(hasCome(PLAIN, form.replace("--XbX--", "--XbX"), pieceBytes)).isFalse();
        assertThat(hasCome(PLAIN, form + "e".repeat(1000), pieceBytes)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
            multipart/form-data;boundary="X bX"                     | --X bX--
            multipart/form-data; charset=utf-8; Boundary = XbX; x=y | --XbX--
            """)
    void readsTheBoundaryAsItIsWritten(String contentType, String body) {
        assertThat(hasCome(contentType, body, 100)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--XbX--                            | true",
                "--XbX\\n\\nabc\\n--XbX--             | true",
                "--XbX\\n\\nabc\\n--XbX--\\nand so on   | true",
                "--XbX\\n\\nabc--XbX--               | false",
                "--XbX\\n\\nabc\\n--XbX-- x           | false",
                "--XbX\\nA: b\\n--XbX--               | false",
            })
    void theLastBoundaryHasALineOfItsOwn(String body, boolean hasCome) {
        assertThat(hasCome(PLAIN, body.replace("\\n", "\r\n"), 7)).isEqualTo(hasCome);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--XbX\\nContent-Type: Multipart/mixed; boundary=Y\\n\\nabc\\n--XbX-- | true",
                "--XbX\\nContent-Type: message/rfc822\\n\\nContent-Type: multipart/mixed\\n--XbX-- | false",
            })
    void knowsAFormWithinAForm(String body, boolean isNested) {
        FormEnd end = new FormEnd(PLAIN);
        end.add(Buffer.buffer(body.replace("\\n", "\r\n")));

        assertThat(end.isNested()).isEqualTo(isNested);
    }
}
