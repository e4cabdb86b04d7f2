package dev.foretell.router.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.DiskSpaceMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;

/**
 * The metrics of the process and its machine: memory, garbage collection, threads, processors, files, and the disk of
 * the data folder.
 */
final class ProcessMetrics implements AutoCloseable {
    private final JvmGcMetrics garbage = new JvmGcMetrics();

    ProcessMetrics(MeterRegistry registry, Path data) {
        registry.config().meterFilter(prometheusNames());
        garbage.bindTo(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ClassLoaderMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
        new DiskSpaceMetrics(data.toAbsolutePath().toFile()).bindTo(registry);
        machine(registry);
    }

    /** Prometheus refuses two of Micrometer's names: one in nanoseconds, and one count outside of a summary. */
    private static MeterFilter prometheusNames() {
        return new MeterFilter() {
            @Override
            public MeterFilterReply accept(Meter.Id id) {
                return id.getName().equals("process.cpu.time") ? MeterFilterReply.DENY : MeterFilterReply.NEUTRAL;
            }

            @Override
            public Meter.Id map(Meter.Id id) {
                return id.getName().equals("system.cpu.count") ? id.withName("system.cpus") : id;
            }
        };
    }

    private static void machine(MeterRegistry registry) {
        if (ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean machine) {
            FunctionCounter.builder("process.cpu", machine, one -> one.getProcessCpuTime() / 1e9)
                    .description("Processor time of the process.")
                    .baseUnit("seconds")
                    .register(registry);
            Gauge.builder("system.memory.total", machine, one -> one.getTotalMemorySize())
                    .description("Memory of the machine or the container.")
                    .baseUnit("bytes")
                    .register(registry);
            Gauge.builder("system.memory.free", machine, one -> one.getFreeMemorySize())
                    .description("Free memory of the machine or the container.")
                    .baseUnit("bytes")
                    .register(registry);
        }
    }

    @Override
    public void close() {
        garbage.close();
    }
}
