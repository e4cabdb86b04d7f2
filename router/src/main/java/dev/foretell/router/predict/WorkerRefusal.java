package dev.foretell.router.predict;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.json.Json;
import dev.foretell.router.upstream.WorkerAnswer;
import java.nio.charset.StandardCharsets;

/** A worker's own 4xx: the function refused its input. The caller gets the worker's status and words. */
public final class WorkerRefusal extends PredictFailure {
    private static final long serialVersionUID = 1L;
    private static final int MOST_WORDS = 1000;

    private final int status;

    WorkerRefusal(WorkerAnswer answer, String model, int tries) {
        super(FailureKind.INVALID_INPUT, words(answer), null, model, tries);
        this.status = answer.status();
    }

    public int status() {
        return status;
    }

    /** The {@code error} of the worker's JSON, or its text as it is. */
    private static String words(WorkerAnswer answer) {
        byte[] body = answer.body().getBytes();
        try {
            JsonNode error = Json.readTree(body).path("error");
            return cut(error.isTextual() ? error.textValue() : plain(body));
        } catch (ServingException notJson) {
            return cut(plain(body));
        }
    }

    private static String plain(byte[] body) {
        return new String(body, StandardCharsets.UTF_8);
    }

    private static String cut(String words) {
        return words.length() > MOST_WORDS ? words.substring(0, MOST_WORDS) + "…" : words;
    }
}
