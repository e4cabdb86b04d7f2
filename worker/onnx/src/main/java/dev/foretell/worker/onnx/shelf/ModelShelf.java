package dev.foretell.worker.onnx.shelf;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.identity.Counted;
import dev.foretell.worker.onnx.call.HostedModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loaded models by the digests of their files. One of a few threads loads a model at its first use. Models are unloaded
 * when others need their memory, the least recently used first, never one in use. A call of a loaded model takes no
 * lock. Thread-safe.
 */
public final class ModelShelf implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ModelShelf.class);
    private static final int MAX_WAITING = 10_000;

    private final FileShelf files;
    private final MeasuredLoads loads;
    private final LongSupplier nanoClock;
    private final Map<String, ShelvedModel> loaded = new ConcurrentHashMap<>();
    private final Map<String, CompletableFuture<ShelvedModel>> loading = new ConcurrentHashMap<>();
    private final ModelMemory memory;
    private final RecentFailures failures;
    private final ThreadPoolExecutor loaders;

    /** @param loader loads a file on a thread of this shelf */
    public ModelShelf(FileShelf files, ShelfConfig config, Function<Path, HostedModel> loader, LongSupplier nanoClock) {
        this(files, config, new MeasuredLoads(loader, NativeMemory::bytes), nanoClock);
    }

    ModelShelf(FileShelf files, ShelfConfig config, MeasuredLoads loads, LongSupplier nanoClock) {
        this.files = files;
        this.loads = loads;
        this.nanoClock = nanoClock;
        this.memory = new ModelMemory(config.memoryBytes(), loaded);
        this.failures = new RecentFailures(config.failureMemory(), nanoClock);
        this.loaders = new ThreadPoolExecutor(
                config.loaders(),
                config.loaders(),
                10,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(MAX_WAITING),
                work -> new Thread(work, "foretell-model-loader"));
        loaders.allowCoreThreadTimeOut(true);
    }

    /**
     * Starts loading a model; null if it is loaded. Fails like {@link #take}, but does not return the model, because
     * the caller would not close it.
     */
    public @Nullable CompletionStage<Void> prepare(String digest) {
        return loaded.containsKey(digest) ? null : load(digest).thenApply(model -> null);
    }

    /**
     * Returns a model, after loading it if necessary; the caller must close it.
     *
     * @throws ServingException WORKER_FAILED if there is no such file, INVALID_INPUT if it is not a model, NO_WORKER if
     *     it does not fit, or WORKERS_BUSY
     */
    public ShelvedModel take(String digest) throws InterruptedException {
        ShelvedModel there = loaded.get(digest);
        while (there == null || !there.enter(nanoClock.getAsLong())) {
            CompletableFuture<ShelvedModel> coming = load(digest);
            CompletableFuture<Boolean> entered = coming.thenApply(model -> model.enter(nanoClock.getAsLong()));
            if (await(entered, coming)) {
                return coming.join();
            }
            there = loaded.get(digest);
        }
        return there;
    }

    private static boolean await(CompletableFuture<Boolean> entered, CompletableFuture<ShelvedModel> coming)
            throws InterruptedException {
        try {
            return entered.get();
        } catch (InterruptedException e) {
            entered.thenAccept(used -> {
                if (used) {
                    coming.join().close();
                }
            });
            throw e;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof ServingException known ? known : new IllegalStateException(e.getCause());
        }
    }

    private CompletableFuture<ShelvedModel> load(String digest) {
        ServingException failure = failures.of(digest);
        if (failure != null) {
            return CompletableFuture.failedFuture(failure);
        }
        CompletableFuture<ShelvedModel> mine = new CompletableFuture<>();
        CompletableFuture<ShelvedModel> running = loading.putIfAbsent(digest, mine);
        if (running != null) {
            return running;
        }
        try {
            loaders.execute(() -> bring(digest, mine));
        } catch (RejectedExecutionException e) {
            loading.remove(digest, mine);
            mine.completeExceptionally(
                    new ServingException(FailureKind.WORKERS_BUSY, "too many models wait to be loaded", e));
        }
        return mine;
    }

    private void bring(String digest, CompletableFuture<ShelvedModel> mine) {
        try {
            ShelvedModel there = loaded.get(digest);
            ShelvedModel model = there != null && there.enter(nanoClock.getAsLong()) ? there : open(digest);
            loading.remove(digest, mine);
            mine.complete(model);
            model.close();
        } catch (Throwable e) {
            onFailure(digest, mine, e);
        }
    }

    private ShelvedModel open(String digest) throws IOException, InterruptedException {
        try (FileShelf.Held file = files.hold(digest)) {
            long start = nanoClock.getAsLong();
            ShelvedModel model = load(digest, file.path());
            loaded.put(digest, model);
            LOG.info(
                    "model {} loaded in {} ms; {} in {} of memory now",
                    digest.substring(0, 12),
                    TimeUnit.NANOSECONDS.toMillis(nanoClock.getAsLong() - start),
                    Counted.of(loaded.size(), "model"),
                    ByteSize.format(memory.bytesInUse()));
            return model;
        }
    }

    /** Reserves the expected memory, and afterwards the additional memory; if there is none, unloads the model. */
    private ShelvedModel load(String digest, Path file) throws IOException, InterruptedException {
        long expected = loads.estimate(digest, Files.size(file));
        memory.take(expected);
        try {
            MeasuredLoads.Load load = loads.load(digest, file, expected);
            takeMore(load, expected);
            return new ShelvedModel(load.model(), load.bytes(), idle -> onIdle(digest, idle));
        } catch (Throwable e) {
            memory.giveBack(expected);
            throw e;
        }
    }

    private void onIdle(String digest, ShelvedModel model) {
        if (model.isUnwanted()) {
            memory.unload(digest, model);
        }
        memory.signal();
    }

    /** Drops a deleted model and its file: at once, or after their current use. */
    public void forget(String digest) {
        ShelvedModel model = loaded.get(digest);
        if (model != null) {
            model.release();
            memory.unload(digest, model);
        }
        files.forget(digest);
    }

    private void takeMore(MeasuredLoads.Load load, long expected) throws InterruptedException {
        try {
            memory.grow(expected, load.bytes());
        } catch (Throwable e) {
            load.model().close();
            throw e;
        }
    }

    private void onFailure(String digest, CompletableFuture<ShelvedModel> mine, Throwable failure) {
        ServingException known = failure instanceof ServingException serving
                ? serving
                : new ServingException(FailureKind.WORKERS_BUSY, "the model could not be loaded", failure);
        if (known != failure) {
            LOG.warn("model {} could not be loaded", digest, failure);
        } else {
            LOG.info("model {} could not be loaded: {}", digest.substring(0, 12), known.detail());
        }
        failures.add(digest, known);
        loading.remove(digest, mine);
        mine.completeExceptionally(known);
    }

    /** The number of loaded models. */
    public int size() {
        return loaded.size();
    }

    /** Their estimated memory in bytes. */
    public long bytes() {
        return memory.bytesInUse();
    }

    /** Unloads all idle models; the end of the process frees the others. */
    @Override
    public void close() {
        loaders.shutdownNow();
        loaded.values().forEach(ShelvedModel::retire);
        loaded.clear();
        files.close();
    }
}
