package dev.foretell.router.http.fractal;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.netty.handler.codec.http.HttpResponseStatus;

/** The {@code http_status} at the start of every response of Fractal's API. */
record HttpStatus(int code, String description, String name) {
    static HttpStatus of(int code, String description) {
        return new HttpStatus(
                code, description, HttpResponseStatus.valueOf(code).reasonPhrase());
    }

    static HttpStatus ok(String description) {
        return of(200, description);
    }

    /** A response with nothing else in it. */
    record Alone(@JsonProperty("http_status") HttpStatus status) {}
}
