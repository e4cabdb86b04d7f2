package dev.foretell.worker.spark;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobEnd;

/** Counts Spark's jobs: nearly each is a pass over the rows. */
final class PassCounter extends SparkListener {
    private final AtomicInteger passes = new AtomicInteger();
    private final IntConsumer listener;

    PassCounter(IntConsumer listener) {
        this.listener = listener;
    }

    @Override
    public void onJobEnd(SparkListenerJobEnd end) {
        listener.accept(passes.incrementAndGet());
    }
}
