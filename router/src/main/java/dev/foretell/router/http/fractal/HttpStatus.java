package dev.foretell.router.http.fractal;

import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.LinkedHashMap;
import java.util.Map;

/** The {@code http_status} that every answer of Fractal's begins with. */
record HttpStatus(int code, String description, String name) {
    private static final String FIELD = "http_status";

    static HttpStatus of(int code, String description) {
        return new HttpStatus(
                code, description, HttpResponseStatus.valueOf(code).reasonPhrase());
    }

    static HttpStatus ok(String description) {
        return of(200, description);
    }

    /** An answer with nothing else in it yet. */
    Map<String, Object> answer() {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put(FIELD, this);
        return answer;
    }

    Map<String, Object> with(String field, Object value) {
        Map<String, Object> answer = answer();
        answer.put(field, value);
        return answer;
    }
}
