package dev.foretell.commons.wire;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.json.JsonScanner;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Encodes many calls of one function as one request, and their results as one response. The request is a JSON array of
 * the calls' bodies. The response is an array of {@code {"status":200,"body":…}} in the same order. Bodies are joined
 * and split as bytes, without parsing them.
 */
public final class BatchForm {
    /** In its encoded form: the name starts two bytes after either end. */
    private static final byte[] STATUS = bytes("{\"status\":");

    private static final byte[] BODY = bytes(",\"body\":");

    private BatchForm() {}

    /** The result of one call; the body is JSON. */
    public record Answer(int status, byte[] body) {}

    /** Joins bodies into a request. */
    public static byte[] request(List<byte[]> bodies) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(bodies.size() * 64);
        bodies.forEach(body -> {
            out.write(out.size() == 0 ? '[' : ',');
            out.writeBytes(body);
        });
        out.write(']');
        return out.toByteArray();
    }

    /**
     * Splits a request into bodies.
     *
     * @throws ServingException {@link FailureKind#MALFORMED} if it is not an array of {@code count} elements
     */
    public static List<byte[]> bodies(byte[] request, int count) {
        return elements(request, count);
    }

    public static byte[] response(List<Answer> answers) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(answers.size() * 64);
        answers.forEach(answer -> {
            out.write(out.size() == 0 ? '[' : ',');
            out.writeBytes(STATUS);
            out.writeBytes(bytes(Integer.toString(answer.status())));
            out.writeBytes(BODY);
            out.writeBytes(answer.body());
            out.write('}');
        });
        out.write(']');
        return out.toByteArray();
    }

    /**
     * Splits a response into the results of the calls.
     *
     * @throws ServingException {@link FailureKind#MALFORMED} if it is not an array of {@code count} results
     */
    public static List<Answer> answers(byte[] response, int count) {
        return elements(response, count).stream().map(AnswerReader::read).toList();
    }

    /** Collects the raw elements of an array. */
    private record Elements(List<byte[]> found, int most) implements JsonScanner.Parts {
        @Override
        public void root(byte first) {
            require(first == '[');
        }

        @Override
        public void part(byte[] text, int base, int nameFrom, int nameTo, int from, int to) {
            require(found.size() < most);
            found.add(Arrays.copyOfRange(text, base + from, base + to));
        }
    }

    private static List<byte[]> elements(byte[] text, int count) {
        List<byte[]> found = new ArrayList<>(count);
        JsonScanner.of(new Elements(found, count)).scan(text, 0, text.length);
        require(found.size() == count);
        return found;
    }

    /** Reads one element of a response. */
    private static final class AnswerReader implements JsonScanner.Parts {
        private int status;
        private byte @Nullable [] body;

        static Answer read(byte[] element) {
            AnswerReader reader = new AnswerReader();
            JsonScanner.of(reader).scan(element, 0, element.length);
            byte[] body = reader.body;
            require(reader.status >= 200 && reader.status <= 599);
            if (body == null) {
                throw misfit();
            }
            return new Answer(reader.status, body);
        }

        @Override
        public void root(byte first) {
            require(first == '{');
        }

        @Override
        public void part(byte[] text, int base, int nameFrom, int nameTo, int from, int to) {
            if (isName(STATUS, text, nameFrom, nameTo)) {
                status = status(text, from, to);
            } else if (isName(BODY, text, nameFrom, nameTo)) {
                body = Arrays.copyOfRange(text, from, to);
            }
        }

        private static boolean isName(byte[] written, byte[] text, int from, int to) {
            return Arrays.equals(written, 2, written.length - 2, text, from, to);
        }

        private static int status(byte[] text, int from, int to) {
            boolean digits = to - from == 3;
            int status = 0;
            for (int i = from; i < to && digits; i++) {
                digits = text[i] >= '0' && text[i] <= '9';
                status = status * 10 + text[i] - '0';
            }
            return digits ? status : 0;
        }
    }

    private static void require(boolean fits) {
        if (!fits) {
            throw misfit();
        }
    }

    private static ServingException misfit() {
        return new ServingException(
                FailureKind.MALFORMED, "the batch is not an array of as many elements as its header says");
    }

    private static byte[] bytes(String ascii) {
        return ascii.getBytes(StandardCharsets.US_ASCII);
    }
}
