package dev.foretell.router.http.fractal;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.json.Json;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What a prediction is made of: numbers as JSON, or an image, in a form or by itself.
 *
 * @param imageType null for JSON
 */
record PredictionInput(Buffer data, @Nullable String imageType) {
    private static final String WANTED =
            "send {\"values\": [...]}, or an image as a form: curl -F \"file=@image.jpeg\"";

    /** @throws ServingException {@link FailureKind#INVALID_INPUT} saying what is missing */
    static PredictionInput of(Buffer body, @Nullable String contentType) {
        if (contentType != null && FormFile.isForm(contentType)) {
            return image(FormFile.in(body, contentType));
        }
        if (ImageType.of(body) != null) {
            return image(body);
        }
        requireObject(body);
        return new PredictionInput(body, null);
    }

    private static PredictionInput image(Buffer bytes) {
        String type = ImageType.of(bytes);
        if (type == null) {
            throw invalid("the file is not an image: JPEG and PNG are taken");
        }
        return new PredictionInput(bytes, type);
    }

    /** One pass without a tree; what the model makes of the values, its host says. */
    private static void requireObject(Buffer body) {
        if (body.length() == 0) {
            throw invalid("values are missing: the body is empty; " + WANTED);
        }
        try (JsonParser parser = Json.FACTORY.createParser(body.getBytes())) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw invalid("values are missing: the body is no object; " + WANTED);
            }
            if (parser.nextToken() == JsonToken.END_OBJECT) {
                throw invalid("values are missing; " + WANTED);
            }
            while (parser.currentToken() == JsonToken.FIELD_NAME) {
                parser.nextToken();
                parser.skipChildren();
                parser.nextToken();
            }
            if (parser.nextToken() != null) {
                throw invalid("something follows the end of the body's object");
            }
        } catch (IOException e) {
            throw new ServingException(FailureKind.INVALID_INPUT, "the body is not JSON; " + WANTED, e);
        }
    }

    private static ServingException invalid(String what) {
        return new ServingException(FailureKind.INVALID_INPUT, what);
    }
}
