package dev.foretell.worker.onnx.shelf;

import dev.foretell.worker.onnx.call.HostedModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Loads models one at a time and measures the memory of each: a file of a hundred bytes may create weights of any size.
 * The measurement is remembered for the next load of the file. Thread-safe.
 */
public final class MeasuredLoads {
    /** Smaller differences may come from concurrent runs. */
    private static final long UNCERTAIN_BYTES = 32L << 20;

    private static final int MAX_KNOWN = 10_000;

    private final Function<Path, HostedModel> loader;
    private final Supplier<OptionalLong> taken;
    private final Map<String, Long> known = Collections.synchronizedMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > MAX_KNOWN;
        }
    });

    /**
     * A loaded model.
     *
     * @param bytes its memory as far as known; at least the expected amount
     */
    public record Load(HostedModel model, long bytes) {}

    /** @param taken the current memory of this process, if known */
    MeasuredLoads(Function<Path, HostedModel> loader, Supplier<OptionalLong> taken) {
        this.loader = loader;
        this.taken = taken;
    }

    /** Loads a file without any concurrent work. */
    public static Load once(Path file, Function<Path, HostedModel> loader) {
        try {
            return new MeasuredLoads(loader, NativeMemory::bytes).load("", file, MemoryNeed.ofFile(Files.size(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The expected memory of a model: as measured at its last load, or else by the length of its file. */
    long estimate(String digest, long fileBytes) {
        return known.getOrDefault(digest, MemoryNeed.ofFile(fileBytes));
    }

    synchronized Load load(String digest, Path file, long expected) {
        OptionalLong before = taken.get();
        HostedModel model = loader.apply(file);
        OptionalLong after = taken.get();
        long measured = before.isPresent() && after.isPresent() ? after.getAsLong() - before.getAsLong() : 0;
        if (measured <= expected + UNCERTAIN_BYTES) {
            return new Load(model, expected);
        }
        known.put(digest, measured);
        return new Load(model, measured);
    }
}
