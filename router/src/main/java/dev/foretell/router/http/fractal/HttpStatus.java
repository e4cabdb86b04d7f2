package dev.foretell.router.http.fractal;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.netty.handler.codec.http.HttpResponseStatus;

/** The {@code http_status} that every answer of Fractal's begins with. */
record HttpStatus(int code, String description, String name) {
    static HttpStatus of(int code, String description) {
        return new HttpStatus(
                code, description, HttpResponseStatus.valueOf(code).reasonPhrase());
    }

    static HttpStatus ok(String description) {
        return of(200, description);
    }

    /** An answer with nothing else in it. */
    record Alone(@JsonProperty("http_status") HttpStatus status) {}
}
