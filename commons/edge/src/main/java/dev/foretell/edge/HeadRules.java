package dev.foretell.edge;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.AsciiString;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rules of RFC 9110 and 9112 for request heads that Netty's decoder does not check. */
final class HeadRules {
    private static final int MINOR_VERSIONS = 9;

    private HeadRules() {}

    /**
     * If a head violates a rule, returns an unreadable request without a body to replace it; otherwise null. Changes a
     * later HTTP/1 version to HTTP/1.1 (RFC 9110, 2.5).
     */
    static @Nullable HttpRequest refusal(HttpRequest head) {
        String fault = faultOfVersion(head);
        if (fault == null) {
            fault = faultOfHeaders(head);
        }
        if (fault == null) {
            return null;
        }
        HttpRequest refused = new DefaultFullHttpRequest(
                head.protocolVersion(),
                head.method(),
                head.uri(),
                Unpooled.EMPTY_BUFFER,
                head.headers(),
                EmptyHttpHeaders.INSTANCE);
        refused.setDecoderResult(DecoderResult.failure(new UnreadableHead(fault)));
        return refused;
    }

    private static @Nullable String faultOfVersion(HttpRequest head) {
        HttpVersion version = head.protocolVersion();
        if (version.equals(HttpVersion.HTTP_1_1) || version.equals(HttpVersion.HTTP_1_0)) {
            return null;
        }
        head.setProtocolVersion(HttpVersion.HTTP_1_1);
        boolean isLater = version.protocolName().equals("HTTP")
                && version.majorVersion() == 1
                && version.minorVersion() <= MINOR_VERSIONS;
        return isLater ? null : "only HTTP/1.0 and HTTP/1.1 are supported";
    }

    private static @Nullable String faultOfHeaders(HttpRequest head) {
        int hosts = 0;
        boolean expects = false;
        Iterator<Map.Entry<CharSequence, CharSequence>> each = head.headers().iteratorCharSequence();
        while (each.hasNext()) {
            Map.Entry<CharSequence, CharSequence> header = each.next();
            CharSequence name = header.getKey();
            if (AsciiString.contentEqualsIgnoreCase(HttpHeaderNames.HOST, name)) {
                hosts++;
            } else if (AsciiString.contentEqualsIgnoreCase(HttpHeaderNames.EXPECT, name)) {
                expects = true;
            } else if (AsciiString.contentEqualsIgnoreCase(HttpHeaderNames.TRANSFER_ENCODING, name)
                    && !AsciiString.contentEqualsIgnoreCase(HttpHeaderValues.CHUNKED, header.getValue())) {
                return "chunked is the only supported transfer coding";
            }
        }
        boolean isOld = head.protocolVersion().equals(HttpVersion.HTTP_1_0);
        if (isOld && expects) {
            head.headers().remove(HttpHeaderNames.EXPECT); // it has no meaning there (RFC 9110, 10.1.1)
        }
        return hosts == 1 || (isOld && hosts == 0) ? null : "a request has one Host header (RFC 9112, 3.2)";
    }
}
