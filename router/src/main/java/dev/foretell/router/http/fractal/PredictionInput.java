package dev.foretell.router.http.fractal;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.json.JsonScanner;
import dev.foretell.router.http.message.BodyText;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * The input of a prediction: numbers as JSON, or an image, in a form or as the body.
 *
 * @param imageType null for JSON
 */
record PredictionInput(Buffer data, @Nullable String imageType) {
    private static final String WANTED =
            "send {\"values\": [...]}, or an image as a form: curl -F \"file=@image.jpeg\"";

    /** @throws ServingException {@link FailureKind#INVALID_INPUT} with the missing part */
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
            throw invalid("the file is not a JPEG or PNG image");
        }
        return new PredictionInput(bytes, type);
    }

    /** Scans the body once without a tree; the host checks the values. */
    private static void requireObject(Buffer body) {
        if (body.length() == 0) {
            throw invalid("values are missing: the body is empty; " + WANTED);
        }
        Members members = new Members();
        try {
            BodyText text = BodyText.of(body);
            JsonScanner.of(members).scan(text.bytes(), text.from(), text.length());
        } catch (ServingException e) {
            throw e.kind() == FailureKind.MALFORMED
                    ? invalid("the body is not JSON: " + e.detail() + "; " + WANTED)
                    : e;
        }
        if (!members.any) {
            throw invalid("values are missing; " + WANTED);
        }
    }

    private static final class Members implements JsonScanner.Parts {
        private boolean any;

        @Override
        public void root(byte first) {
            if (first != '{') {
                throw invalid("values are missing: the body is not an object; " + WANTED);
            }
        }

        @Override
        public void part(byte[] text, int base, int nameFrom, int nameTo, int from, int to) {
            any = true;
        }
    }

    private static ServingException invalid(String what) {
        return new ServingException(FailureKind.INVALID_INPUT, what);
    }
}
