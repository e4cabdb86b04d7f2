package dev.foretell.router.upstream.call;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What a call that is not recorded adds to its request, for its worker to know. */
@State(Scope.Thread)
public class TraceLine {
    private final ByteBuf out = Unpooled.directBuffer(1024);

    @Benchmark
    public ByteBuf unrecorded() {
        UnrecordedTrace.start().writeTo(out.clear());
        return out;
    }
}
