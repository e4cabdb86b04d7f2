package dev.foretell.commons.wire;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A batch of short bodies joined, and its answer cut apart. */
@State(Scope.Thread)
public class BatchBytes {
    @Param({"2", "32"})
    private int calls;

    private List<byte[]> bodies;
    private byte[] answer;

    @Setup
    public void prepare() {
        bodies = Collections.nCopies(calls, "{\"n\":22}".getBytes(StandardCharsets.UTF_8));
        byte[] one = "28657".getBytes(StandardCharsets.UTF_8);
        answer = BatchForm.response(Collections.nCopies(calls, new BatchForm.Answer(200, one)));
    }

    @Benchmark
    public byte[] join() {
        return BatchForm.request(bodies);
    }

    @Benchmark
    public List<BatchForm.Answer> split() {
        return BatchForm.answers(answer, calls);
    }
}
