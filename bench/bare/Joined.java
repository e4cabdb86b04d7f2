import dev.foretell.worker.function.Batch;
import java.util.List;

/** A model as most are: what a run costs hardly depends on how many calls are in it. A run burns 200 µs of CPU. */
public final class Joined {
    private static final long RUN_NANOS = 200_000;

    private Joined() {}

    @Batch
    public static List<Integer> predict(List<Integer> n) {
        long end = System.nanoTime() + RUN_NANOS;
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        return n;
    }
}
