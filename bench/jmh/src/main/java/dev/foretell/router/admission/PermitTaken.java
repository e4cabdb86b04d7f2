package dev.foretell.router.admission;

import dev.foretell.commons.identity.ModelKey;
import dev.foretell.commons.time.Deadline;
import java.time.Duration;
import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A permit taken and released, by one thread where there is room. */
@State(Scope.Thread)
public class PermitTaken {
    private static final ModelKey FIB = new ModelKey("AI", "fib");

    @Param({"NONE", "FIXED"})
    private LimitKind limit;

    private Admission admission;
    private AdmissionRequest call;

    private record Call(Priority priority, Deadline deadline) implements AdmissionRequest {
        @Override
        public void waits(Runnable leave) {
            throw new IllegalStateException("there is room");
        }
    }

    @Setup
    public void prepare() {
        admission = new Admission(
                new AdmissionConfig(10_000, limit, 200, 2, Duration.ofSeconds(1), Map.of()), System::nanoTime);
        call = new Call(Priority.NORMAL, Deadline.after(Duration.ofHours(1), System.nanoTime()));
    }

    @Benchmark
    public void acquireAndRelease() {
        admission.acquire(FIB, call).result().release(Permit.Outcome.ANSWERED);
    }
}
