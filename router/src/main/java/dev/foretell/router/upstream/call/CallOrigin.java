package dev.foretell.router.upstream.call;

import dev.foretell.commons.identity.Names;
import dev.foretell.commons.wire.Headers;
import dev.foretell.commons.wire.TraceParent;
import io.netty.buffer.ByteBuf;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * What workers learn about the origin of a call: its id, which both logs contain, and the caller's trace (W3C Trace
 * Context). Confined to one event loop.
 */
public final class CallOrigin {
    private static final byte[] NAME = ascii("\r\n" + Headers.REQUEST_ID + ": ");
    private static final byte[] STATE = ascii("\r\n" + TraceParent.STATE_HEADER + ": ");
    /** With the hash that a look-up of a header needs. */
    private static final CharSequence NAME_HEADER = HttpHeaders.createOptimized(Headers.REQUEST_ID);

    private static final CharSequence TRACE_HEADER = HttpHeaders.createOptimized(TraceParent.HEADER);
    /** The length that the recommendation requires others to propagate. */
    private static final int MAX_STATE = 512;

    private final @Nullable MultiMap asked;
    private @Nullable String name;
    private @Nullable TracePlace place;

    private CallOrigin(@Nullable MultiMap asked, @Nullable String name) {
        this.asked = asked;
        this.name = name;
    }

    /** @param asked the caller's headers */
    public CallOrigin(MultiMap asked) {
        this(asked, null);
    }

    /** The origin of a call by the router itself. */
    public static CallOrigin own() {
        return new CallOrigin(null, null);
    }

    /** Whether the caller asks for something by this header, with {@code 1}. */
    public boolean asksFor(String header) {
        return asked != null && "1".equals(asked.get(header));
    }

    /** The caller's id, if it is valid. */
    public @Nullable String callerRequestId() {
        String given = asked == null ? null : asked.get(NAME_HEADER);
        return given == null || !Names.isValid(given) ? null : given;
    }

    /** The caller's id, or else a generated one that stays the same. */
    public String name() {
        String known = name;
        if (known == null) {
            String given = callerRequestId();
            known = given != null
                    ? given
                    : HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
            name = known;
        }
        return known;
    }

    /** The caller's place in its trace; null if it has none, or an invalid one. */
    public @Nullable TraceParent callerTrace() {
        return asked == null ? null : TraceParent.parse(validTrace(asked));
    }

    /** Tells workers that the call, whose caller has no trace, is not recorded. */
    public void startUnrecorded() {
        place = UnrecordedTrace.start();
    }

    /** The same origin for a request that comes from this place in the trace. */
    public CallOrigin under(TraceParent span) {
        CallOrigin own = new CallOrigin(asked, name());
        own.place = new TracePlace.OfSpan(span.toString());
        return own;
    }

    /**
     * Sends the call to a worker together with others under one id. Unless its caller sent an id, it keeps that id from
     * now on. One of the calls gives them all its place in a trace: a recorded one, if there is one.
     */
    public void joins(CallOrigin others) {
        if (name == null && callerRequestId() == null) {
            name = others.name();
        }
        TracePlace own = place == null ? placeOfCaller() : place;
        if (own != null && (others.place == null || (own.isRecorded() && !others.place.isRecorded()))) {
            others.place = own;
        }
    }

    private @Nullable TracePlace placeOfCaller() {
        String from = asked == null ? null : validTrace(asked);
        return from == null ? null : new TracePlace.OfSpan(from);
    }

    /** Makes the id in the caller's response the one that the workers have seen, as if the caller had sent it. */
    public void sign() {
        if (asked != null && name != null) {
            asked.set(Headers.REQUEST_ID, name);
        }
    }

    /** Writes lines of a request's head. */
    public void writeTo(ByteBuf out) {
        out.writeBytes(NAME);
        out.writeCharSequence(name(), StandardCharsets.US_ASCII);
        TracePlace own = place;
        if (own != null) {
            own.writeTo(out);
        }
        if (asked != null && (own == null || own.mayHaveState())) {
            passOn(asked, own == null, out);
        }
    }

    private static void passOn(MultiMap asked, boolean withTrace, ByteBuf out) {
        String from = validTrace(asked);
        if (from != null) {
            if (withTrace) {
                TracePlace.write(from, out);
            }
            passState(asked, out);
        }
    }

    /** The caller's {@code traceparent} if there is one, and it is valid. */
    private static @Nullable String validTrace(MultiMap asked) {
        String given = asked.get(TRACE_HEADER);
        return given != null
                        && TraceParent.isValid(given)
                        && asked.getAll(TRACE_HEADER).size() == 1
                ? given
                : null;
    }

    private static void passState(MultiMap asked, ByteBuf out) {
        String state = String.join(",", asked.getAll(TraceParent.STATE_HEADER));
        if (!state.isEmpty() && state.length() <= MAX_STATE && state.chars().allMatch(c -> c >= ' ' && c < 0x7f)) {
            out.writeBytes(STATE);
            out.writeCharSequence(state, StandardCharsets.US_ASCII);
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
