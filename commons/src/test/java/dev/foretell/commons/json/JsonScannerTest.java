package dev.foretell.commons.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonScannerTest {
    private static final int TEXTS = 60_000;
    private static final Pattern LONG_EXPONENT = Pattern.compile("[eE][+-]?[0-9]{10}");

    /** A member or an element, as text. */
    private record Part(String name, String value) {}

    private static final class Recorder implements JsonScanner.Parts {
        private final List<Part> parts = new ArrayList<>();

        @Override
        public void root(byte first) {}

        @Override
        public void part(byte[] text, int base, int nameFrom, int nameTo, int from, int to) {
            parts.add(new Part(
                    nameFrom < 0 ? "" : utf8(text, base + nameFrom - 1, base + nameTo + 1),
                    utf8(text, base + from, base + to)));
        }
    }

    private static String utf8(byte[] text, int from, int to) {
        return new String(text, from, to - from, StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e9999999999", "[1E+0000000001]", "{\"a\":1.5e-1234567890,\"b\":1}"})
    void refusesExponentsThatNoTypeHolds(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> JsonScanner.of(JsonScanner.Parts.NONE).scan(bytes, 0, bytes.length))
                .hasMessageStartingWith("the exponent of a number has more than 9 digits");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e999999999", "[1e1,123456789012.5e-1,1]"})
    void takesLongNumbersWithShortExponents(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);

        JsonScanner.of(JsonScanner.Parts.NONE).scan(bytes, 0, bytes.length);
    }

    @Test
    void takesWhatJacksonTakesInUtf8AndSeesTheSameParts() {
        Random random = new Random(20_261_128);
        int taken = 0;
        for (int i = 0; i < TEXTS; i++) {
            byte[] text = JsonFuzz.text(random);
            if (LONG_EXPONENT
                    .matcher(new String(text, StandardCharsets.ISO_8859_1))
                    .find()) {
                continue; // Jackson takes what none of its types can hold
            }

            List<Part> expected = isUtf8(text) ? byJackson(text) : null;

            assertThat(inPieces(text, random))
                    .describedAs("%s", HexFormat.of().formatHex(text))
                    .isEqualTo(expected);
            taken += expected == null ? 0 : 1;
        }
        assertThat(taken).isBetween(TEXTS / 5, TEXTS * 4 / 5);
    }

    private static List<Part> inPieces(byte[] text, Random random) {
        Recorder recorder = new Recorder();
        JsonScanner scanner = JsonScanner.of(recorder);
        try {
            for (int there = 0; there < text.length; ) {
                there = Math.min(text.length, there + 1 + random.nextInt(random.nextBoolean() ? 3 : 100));
                int base = random.nextInt(3);
                byte[] array = new byte[base + there];
                System.arraycopy(text, 0, array, base, there);
                scanner.advance(array, base, there);
            }
            scanner.finish();
            return recorder.parts;
        } catch (ServingException e) {
            assertThat(e.kind()).isEqualTo(FailureKind.MALFORMED);
            return null;
        }
    }

    private static List<Part> byJackson(byte[] text) {
        List<Part> parts = new ArrayList<>();
        try (JsonParser parser = Json.FACTORY.createParser(text)) {
            JsonToken root = parser.nextToken();
            if (root == null || parser.currentTokenLocation().getByteOffset() < 0) {
                return null;
            }
            if (root.isStructStart()) {
                while (!parser.nextToken().isStructEnd()) {
                    parts.add(part(text, parser));
                }
            }
            parser.finishToken();
            return parser.nextToken() == null ? parts : null;
        } catch (IOException e) {
            return null;
        }
    }

    private static Part part(byte[] text, JsonParser parser) throws IOException {
        String name = "";
        if (parser.currentToken() == JsonToken.FIELD_NAME) {
            int from = (int) parser.currentTokenLocation().getByteOffset();
            parser.nextToken();
            name = quoted(text, from);
        }
        int from = (int) parser.currentTokenLocation().getByteOffset();
        parser.skipChildren();
        parser.finishToken();
        return new Part(name, utf8(text, from, (int) parser.currentLocation().getByteOffset()));
    }

    private static String quoted(byte[] text, int from) {
        int to = from + 1;
        while (text[to] != '"') {
            to += text[to] == '\\' ? 2 : 1;
        }
        return utf8(text, from, to + 1);
    }

    private static boolean isUtf8(byte[] text) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void scan(JsonScanner scanner, byte[] text) {
        scanner.scan(text, 0, text.length);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "a byte that begins nothing,22ff22",
        "a continuation alone,228022",
        "an overlong slash,22c0af22",
        "an overlong slash of three,22e080af22",
        "an overlong slash of four,22f08080af22",
        "a surrogate,22eda08022",
        "beyond the last character,22f490808022",
        "a truncated character,22e28222",
        "a truncated end,22e282",
        "UTF-16,feff005b005d",
        "UTF-16 without a mark,005b005d",
        "half a mark,efbb5b5d"
    })
    void refusesWhatIsNotUtf8(String what, String hex) {
        assertThatThrownBy(() -> scan(
                        JsonScanner.of(JsonScanner.Parts.NONE), HexFormat.of().parseHex(hex)))
                .isInstanceOfSatisfying(
                        ServingException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.MALFORMED));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"\\ud800\"",
                "\"\\ud800x\"",
                "\"\\udc00\"",
                "\"\\ud800\\n\"",
                "\"\\ud800\\ud800\\udc00\"",
                "{\"\\ud800\":1}"
            })
    void refusesHalfASurrogatePairOnlyWhereItIsToBeKept(String text) {
        scan(JsonScanner.of(JsonScanner.Parts.NONE), bytes(text));

        assertThatThrownBy(() -> scan(JsonScanner.ofStorable(), bytes(text))).hasMessageContaining("surrogate");
    }

    @Test
    void keepsWholePairs() {
        scan(JsonScanner.ofStorable(), bytes("""
                ["\\ud83d\\ude00\\ud83D\\uDE00x", "\\u00e9"]"""));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"a": tru}         | JSON has no tru; text goes between double quotes (line 1, column 10)
            {"a": None}        | JSON has no None, but null (line 1, column 7)
            {a: 1}             | a name must be in double quotes: "a" (line 1, column 2)
            {"a": 1,}          | unexpected '}' after a comma (line 1, column 9)
            [1, ]              | unexpected ']' after a comma (line 1, column 5)
            {\u201ca\u201d: 1} | unexpected '\u201c' where a name in double quotes was expected (line 1, column 2)
            {"a": NaN}         | JSON has no NaN (line 1, column 7)
            {"a" 1}            | unexpected '1' where a colon was expected (line 1, column 6)
            [1 2]              | unexpected '2' where a comma or the array's end was expected (line 1, column 4)
            [01]               | unexpected '1' where a number without leading zeros was expected (line 1, column 3)
            [1.]               | unexpected ']' where a digit was expected (line 1, column 4)
            {'a':1}            | unexpected ''' where a name in double quotes was expected (line 1, column 2)
            [1                 | the JSON ends too early (line 1, column 3)
            [1]]               | something follows the end of the body's value (line 1, column 4)
            """)
    void saysWhatIsWrongAndWhere(String text, String message) {
        assertThatThrownBy(() -> scan(JsonScanner.of(JsonScanner.Parts.NONE), bytes(text)))
                .hasMessage(message);
    }

    @Test
    void remembersNoNames() {
        byte[] text = new byte[64];
        Arrays.fill(text, (byte) ' ');
        System.arraycopy(bytes("""
                {"data":1,"data":2}"""), 0, text, 0, 19);
        Recorder recorder = new Recorder();

        scan(JsonScanner.of(recorder), text);

        assertThat(recorder.parts).containsExactly(new Part("\"data\"", "1"), new Part("\"data\"", "2"));
    }
}
