package dev.foretell.edge;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.handler.timeout.ReadTimeoutException;
import org.jspecify.annotations.Nullable;

/** A request with a head that violates a rule of HTTP. */
public final class UnreadableHead extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnreadableHead(String rule) {
        super(rule, null, false, false);
    }

    /** Describes an unreadable head for the caller, by the decoder's exception. */
    public static ServingException explain(@Nullable Throwable cause) {
        if (cause instanceof ReadTimeoutException) {
            return new ServingException(FailureKind.REQUEST_TIMEOUT, "the head of the request did not arrive in time");
        } else if (cause instanceof TooLongHttpLineException) {
            return new ServingException(FailureKind.URI_TOO_LONG, "the request line is too long");
        } else if (cause instanceof TooLongHttpHeaderException) {
            return new ServingException(FailureKind.HEADERS_TOO_LARGE, "the headers of the request are too long");
        }
        String rule = cause instanceof UnreadableHead head ? String.valueOf(head.getMessage()) : "it is not HTTP/1.1";
        return new ServingException(FailureKind.BAD_REQUEST, "the head of the request could not be read: " + rule);
    }
}
