package dev.foretell.router.upstream.call;

import dev.foretell.commons.wire.TraceParent;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A trace that starts with this call and is not recorded. Nearly every call has one, so its two numbers become digits only
 * in the head of a request, eight at a time. All requests of a call have the same trace, each with a span of its own.
 *
 * @param high first half of the trace's id
 * @param low second half, not zero, so that the id is valid
 */
record UnrecordedTrace(long high, long low) implements TracePlace {
    private static final byte[] START = ("\r\n" + TraceParent.HEADER + ": 00-").getBytes(StandardCharsets.US_ASCII);
    private static final int FLAGS = '-' << 16 | '0' << 8 | '0';

    static UnrecordedTrace start() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return new UnrecordedTrace(random.nextLong(), nonZero(random));
    }

    private static long nonZero(ThreadLocalRandom random) {
        long number = random.nextLong();
        return number == 0 ? 1 : number;
    }

    @Override
    public void writeTo(ByteBuf out) {
        out.writeBytes(START);
        writeHex(out, high);
        writeHex(out, low);
        out.writeByte('-');
        writeHex(out, nonZero(ThreadLocalRandom.current()));
        out.writeMedium(FLAGS);
    }

    @Override
    public boolean isRecorded() {
        return false;
    }

    @Override
    public boolean mayHaveState() {
        return false;
    }

    private static void writeHex(ByteBuf out, long number) {
        out.writeLong(digits(number >>> 32));
        out.writeLong(digits(number & 0xFFFF_FFFFL));
    }

    /** The eight digits of 32 bits, one in each byte: first the bits are spread, then 10 to 15 become letters. */
    private static long digits(long bits) {
        long spread = (bits << 16 | bits) & 0x0000_FFFF_0000_FFFFL;
        spread = (spread << 8 | spread) & 0x00FF_00FF_00FF_00FFL;
        spread = (spread << 4 | spread) & 0x0F0F_0F0F_0F0F_0F0FL;
        long letters = (spread + 0x0606_0606_0606_0606L) >>> 4 & 0x0101_0101_0101_0101L;
        return spread + 0x3030_3030_3030_3030L + letters * ('a' - '0' - 10);
    }
}
