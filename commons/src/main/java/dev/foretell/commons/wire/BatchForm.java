package dev.foretell.commons.wire;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Many calls of one function in one request, and their answers in one. The request is a JSON array of what each call's body
 * would be; the answer an array, in the same order, of {@code {"status":200,"body":…}}. Bodies are joined and cut apart as
 * bytes: what they say is not looked at.
 */
public final class BatchForm {
    private static final byte[] STATUS = bytes("{\"status\":");
    private static final byte[] BODY = bytes(",\"body\":");

    private BatchForm() {}

    /** One call's own answer; the body is JSON. */
    public record Answer(int status, byte[] body) {}

    /** The body of a request with these bodies in it. */
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
     * The bodies in a request.
     *
     * @throws ServingException {@link FailureKind#MALFORMED} if it is not an array of so many
     */
    public static List<byte[]> bodies(byte[] request, int count) {
        return array(request, count, parser -> valueAt(request, parser));
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
     * The answers in a response.
     *
     * @throws ServingException {@link FailureKind#MALFORMED} if it is not an array of so many answers
     */
    public static List<Answer> answers(byte[] response, int count) {
        return array(response, count, parser -> answerAt(response, parser));
    }

    /** Reads one element; the parser stands at its first token, and afterwards at its last. */
    private interface Element<T> {
        T read(JsonParser parser) throws IOException;
    }

    private static <T> List<T> array(byte[] text, int count, Element<T> element) {
        List<T> elements = new ArrayList<>(count);
        try (JsonParser parser = Json.FACTORY.createParser(text)) {
            require(parser.nextToken() == JsonToken.START_ARRAY);
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                require(elements.size() < count);
                elements.add(element.read(parser));
            }
            require(parser.nextToken() == null && elements.size() == count);
            return elements;
        } catch (JsonProcessingException e) {
            throw Json.malformed(e);
        } catch (IOException e) {
            throw new IllegalStateException("reading from memory", e);
        }
    }

    private static Answer answerAt(byte[] response, JsonParser parser) throws IOException {
        require(parser.currentToken() == JsonToken.START_OBJECT);
        int status = 0;
        byte @Nullable [] body = null;
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            JsonToken value = parser.nextToken();
            switch (name) {
                case "status" -> status = value == JsonToken.VALUE_NUMBER_INT ? parser.getIntValue() : 0;
                case "body" -> body = valueAt(response, parser);
                default -> parser.skipChildren();
            }
        }
        require(status >= 200 && status <= 599);
        if (body == null) {
            throw misfit();
        }
        return new Answer(status, body);
    }

    private static byte[] valueAt(byte[] text, JsonParser parser) throws IOException {
        int start = (int) parser.currentTokenLocation().getByteOffset();
        require(start >= 0);
        parser.skipChildren();
        parser.finishToken();
        return Arrays.copyOfRange(text, start, (int) parser.currentLocation().getByteOffset());
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
