package dev.foretell.router.cache;

import dev.foretell.commons.wire.Headers;
import dev.foretell.router.upstream.Answer;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** An answer apart from the call that it was given to. Immutable once it is kept: event loops share it. */
public record KeptAnswer(int status, MultiMap headers, Buffer body) implements Answer {
    /** For the objects around key and answer. */
    private static final int OVERHEAD = 512;

    /** A copy of its own; null where the answer is not for others too: not 200, a stream, or the worker says so (RFC 9111, 5.2.2). */
    public static @Nullable KeptAnswer of(Answer answer) {
        return isForOthersToo(answer)
                ? new KeptAnswer(200, common(answer.headers()), answer.body().copy())
                : null;
    }

    /** The same with one more header, which may be sent as it is. */
    public KeptAnswer with(String header, String value) {
        return new KeptAnswer(status, HttpHeaders.headers().addAll(headers).set(header, value), body);
    }

    int bytes() {
        int sum = OVERHEAD + body.length();
        for (var header : headers) {
            sum += header.getKey().length() + header.getValue().length();
        }
        return sum;
    }

    private static boolean isForOthersToo(Answer answer) {
        String control = answer.headers().get(HttpHeaders.CACHE_CONTROL);
        String type = answer.headers().get(HttpHeaders.CONTENT_TYPE);
        return answer.status() == 200
                && answer.rest() == null
                && !answer.headers().contains(HttpHeaders.SET_COOKIE)
                && (type == null || !type.startsWith("text/event-stream"))
                && (control == null || mayBeKept(control.toLowerCase(Locale.ROOT)));
    }

    private static boolean mayBeKept(String control) {
        return !control.contains("no-store") && !control.contains("no-cache") && !control.contains("private");
    }

    /** Without what concerns the first call alone. */
    private static MultiMap common(MultiMap headers) {
        return HttpHeaders.headers().addAll(headers).remove(Headers.REQUEST_ID).remove(HttpHeaders.DATE);
    }
}
