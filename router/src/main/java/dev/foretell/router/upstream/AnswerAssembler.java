package dev.foretell.router.upstream;

import dev.foretell.commons.identity.WorkerId;
import dev.foretell.router.upstream.AttemptFailure.Reason;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.util.AsciiString;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.internal.buffer.BufferInternal;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Puts one answer together from its parts, within a bound. Used once. */
final class AnswerAssembler {
    /** Headers that concern one connection only (RFC 9110, 7.6.1), and the length, which is written anew. */
    private static final List<AsciiString> PER_CONNECTION = List.of(
            HttpHeaderNames.CONTENT_LENGTH,
            HttpHeaderNames.CONNECTION,
            HttpHeaderNames.TRANSFER_ENCODING,
            AsciiString.cached("keep-alive"),
            HttpHeaderNames.PROXY_AUTHENTICATE,
            AsciiString.cached("proxy-connection"),
            HttpHeaderNames.TE,
            HttpHeaderNames.TRAILER,
            HttpHeaderNames.UPGRADE);

    private final WorkerId worker;
    private final HttpResponse response;
    private final int maxBytes;
    private ByteBuf body = Unpooled.EMPTY_BUFFER;

    AnswerAssembler(WorkerId worker, HttpResponse response, int maxBytes) {
        this.worker = worker;
        this.response = response;
        this.maxBytes = maxBytes;
    }

    /** Adds a part of the body; false if the answer is too long. */
    boolean add(ByteBuf part) {
        int length = part.readableBytes();
        if (body.readableBytes() + length > maxBytes) {
            return false;
        }
        if (length > 0) {
            if (body == Unpooled.EMPTY_BUFFER) {
                body = Unpooled.buffer(length);
            }
            body.writeBytes(part);
        }
        return true;
    }

    /** Whether it only announces the answer proper (1xx). */
    boolean isInterim() {
        return response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
    }

    boolean closesConnection() {
        return !HttpUtil.isKeepAlive(response);
    }

    /** Settles the exchange: "busy" and 5xx are failures, and 504 says that the call's deadline passed at the worker. */
    void settle(Exchange exchange) {
        int status = response.status().code();
        Reason wrong = AttemptFailure.reasonOf(status);
        if (wrong == null) {
            exchange.succeed(new WorkerAnswer(worker, status, endToEndHeaders(), BufferInternal.buffer(body)));
        } else {
            String retryAfter = wrong == Reason.BUSY ? response.headers().get(HttpHeaderNames.RETRY_AFTER) : null;
            exchange.fail(new AttemptFailure(wrong, retryAfter, null));
        }
    }

    private MultiMap endToEndHeaders() {
        MultiMap headers = HttpHeaders.headers();
        Iterator<Map.Entry<CharSequence, CharSequence>> all = response.headers().iteratorCharSequence();
        while (all.hasNext()) {
            Map.Entry<CharSequence, CharSequence> header = all.next();
            if (!isPerConnection(header.getKey())) {
                headers.add(header.getKey(), header.getValue());
            }
        }
        return headers;
    }

    private static boolean isPerConnection(CharSequence name) {
        for (AsciiString one : PER_CONNECTION) {
            if (one.contentEqualsIgnoreCase(name)) {
                return true;
            }
        }
        return false;
    }
}
