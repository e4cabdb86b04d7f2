package dev.foretell.worker.onnx;

import dev.foretell.worker.RunningWorker;
import dev.foretell.worker.WorkerProcess;
import dev.foretell.worker.onnx.call.HostedModel;
import dev.foretell.worker.onnx.inspect.Inspector;
import dev.foretell.worker.onnx.inspect.ModelFile;
import dev.foretell.worker.onnx.model.OnnxModel;
import dev.foretell.worker.onnx.model.Runs;
import dev.foretell.worker.onnx.shelf.BlobSource;
import dev.foretell.worker.onnx.shelf.FileShelf;
import dev.foretell.worker.onnx.shelf.ModelShelf;
import dev.foretell.worker.onnx.shelf.SharedBlobs;
import dev.foretell.worker.onnx.shelf.ShelfFolder;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A running model host: a worker with functions for every file of its router's pool. Thread-safe. */
public final class ModelHost implements AutoCloseable {
    private final RunningWorker worker;
    private final ModelShelf shelf;
    private final Inspector inspector;

    private ModelHost(RunningWorker worker, ModelShelf shelf, Inspector inspector) {
        this.worker = worker;
        this.shelf = shelf;
        this.inspector = inspector;
    }

    /**
     * Starts a host.
     *
     * @return fails if the address is in use, or if the router refuses the host
     * @throws IllegalArgumentException if there is no router
     * @throws IllegalStateException if the folder of its files cannot be used
     */
    public static Future<ModelHost> start(HostConfig config) {
        if (!config.registration().isWanted()) {
            throw new IllegalArgumentException("a model host needs a router: --router URL[,URL…]");
        }
        return start(
                config,
                SharedBlobs.of(
                        config.registration().routers().router(),
                        config.registration().routers().key(),
                        config.shelf().fetchTimeout()));
    }

    /** The same with files from another source; then the router is optional. */
    static Future<ModelHost> start(HostConfig config, BlobSource source) {
        long room = HostMemory.room(config);
        FileShelf files = new FileShelf(
                ShelfFolder.open(config.shelf().data()), source, config.shelf().diskBytes());
        Runs runs = new Runs(config.onnx().threads(), config.onnx().maxOutputBytes());
        ModelShelf shelf = new ModelShelf(files, config.shelf(), file -> load(file, runs), System::nanoTime);
        Inspector inspector = new Inspector(files, config.inspect(), room);
        CompletableFuture<String> id = new CompletableFuture<>();
        return WorkerProcess.serve(
                        config.worker(),
                        new OwnFunctions(shelf, inspector, id).all(),
                        new FileFunctions(
                                shelf,
                                config.onnx().batch(),
                                Math.min(config.shelf().memoryBytes(), room)))
                .map(worker -> {
                    id.complete(id(config, worker));
                    return new ModelHost(worker, shelf, inspector);
                })
                .onFailure(failure -> {
                    inspector.close();
                    shelf.close();
                });
    }

    private static HostedModel load(Path file, Runs runs) {
        ModelFile.require(file);
        return new HostedModel(OnnxModel.load(file, runs));
    }

    /** The id in the router's map. */
    private static String id(HostConfig config, RunningWorker worker) {
        String advertised = config.registration().identity().advertise();
        return (advertised.isEmpty() ? config.http().listener().host() : advertised) + "-" + worker.port() + "-"
                + config.registration().identity().localWorkerId();
    }

    /** The URL that it listens on, such as {@code http://127.0.0.1:41234}. */
    public String url() {
        return worker.url();
    }

    /** Why it can take no calls, or only some; null if it can take all. */
    public @Nullable String obstacle() {
        return worker.obstacle();
    }

    /** Drains, unloads all models, and deletes files that are not to be kept. */
    @Override
    public void close() {
        try {
            worker.close();
        } finally {
            inspector.close();
            shelf.close();
        }
    }
}
