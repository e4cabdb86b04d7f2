package dev.foretell.worker;

import dev.foretell.edge.loop.LoopWatch;
import dev.foretell.tracing.Tracing;
import dev.foretell.worker.execution.FunctionExecutor;
import dev.foretell.worker.function.FunctionNotFoundException;
import dev.foretell.worker.function.FunctionSource;
import dev.foretell.worker.function.ServedFunction;
import dev.foretell.worker.http.WorkerServer;
import dev.foretell.worker.loading.FunctionLoader;
import dev.foretell.worker.registration.Registration;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Builds a worker in the order of its dependencies; no other class does. */
public final class WorkerProcess {
    private WorkerProcess() {}

    /**
     * Starts a worker with the functions of the configuration and the given references.
     *
     * @return fails if the address is in use, or if the router refuses the worker
     * @throws FunctionNotFoundException if a reference is invalid
     */
    public static Future<RunningWorker> start(WorkerConfig config, List<String> references) {
        List<String> all = new ArrayList<>(config.code().functions());
        all.addAll(references);
        if (all.isEmpty()) {
            throw new FunctionNotFoundException(
                    "name a function to serve, such as com.acme.Fib::predict or Predict.java");
        }
        return serve(config, new FunctionLoader(config.code().classpath()).load(all));
    }

    /** Starts a worker with functions that are already loaded. */
    public static Future<RunningWorker> serve(WorkerConfig config, List<ServedFunction> functions) {
        return serve(config, functions, FunctionSource.NONE);
    }

    /** The same, with functions that are found when calls arrive; those are not registered. */
    public static Future<RunningWorker> serve(
            WorkerConfig config, List<ServedFunction> functions, FunctionSource source) {
        return serve(config, functions, source, System::nanoTime);
    }

    static Future<RunningWorker> serve(
            WorkerConfig config, List<ServedFunction> functions, FunctionSource source, LongSupplier nanoClock) {
        FunctionLoader.requireDistinct(functions);
        Vertx vertx = config.http().listener().eventLoops().vertx();
        boolean shared = functions.size() > 1 || source != FunctionSource.NONE;
        FunctionExecutor executor = new FunctionExecutor(vertx, config.execution(), shared, nanoClock);
        Tracing tracing = Tracing.open(config.tracing(), "foretell-worker");
        return WorkerServer.start(
                        vertx, config.http(), new WorkerServer.Functions(functions, source), executor, tracing)
                .compose(server -> register(vertx, config, functions, server, executor))
                .onSuccess(worker -> LoopWatch.start(vertx))
                .onFailure(failure -> {
                    executor.close();
                    vertx.close();
                    tracing.close();
                });
    }

    private static Future<RunningWorker> register(
            Vertx vertx,
            WorkerConfig config,
            List<ServedFunction> functions,
            WorkerServer server,
            FunctionExecutor executor) {
        Registration registration =
                config.registration().isWanted() ? registration(vertx, config, functions, server) : null;
        RunningWorker worker = new RunningWorker(vertx, config, functions, server, executor, registration);
        return registration == null
                ? Future.succeededFuture(worker)
                : registration.start().map(worker);
    }

    private static @Nullable Registration registration(
            Vertx vertx, WorkerConfig config, List<ServedFunction> functions, WorkerServer server) {
        return new Registration(
                vertx,
                config.registration(),
                new Registration.Self(
                        functions.stream().map(ServedFunction::name).toList(),
                        config.http().listener().host(),
                        server.port(),
                        server.epoch()),
                RandomGenerator.getDefault());
    }

    /** Drains the worker when this process is told to end, then exits with code 0. */
    public static void endWith(RunningWorker worker) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            worker.close();
            Runtime.getRuntime().halt(0);
        }));
    }
}
