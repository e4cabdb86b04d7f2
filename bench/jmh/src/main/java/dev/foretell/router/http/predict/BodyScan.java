package dev.foretell.router.http.predict;

import io.vertx.core.buffer.Buffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** One scan of a predict body. */
@State(Scope.Thread)
public class BodyScan {
    private static final String ITEM = "0.12345,";

    @Param({"33", "4096"})
    private int bytes;

    private Buffer body;

    @Setup
    public void prepare() {
        String text = bytes < 100
                ? "{\"modelId\":\"fib\",\"data\":{\"n\":22}}"
                : "{\"modelId\":\"fib\",\"data\":{\"n\":[" + ITEM.repeat((bytes - 36) / ITEM.length()) + "1]}}";
        body = Buffer.buffer(text + " ".repeat(bytes - text.length()));
    }

    @Benchmark
    public PredictBody scan() {
        return PredictBody.scan(body);
    }
}
