package dev.foretell.worker;

import dev.foretell.worker.execution.FunctionExecutor;
import dev.foretell.worker.function.ServedFunction;
import dev.foretell.worker.http.WorkerServer;
import dev.foretell.worker.registration.Registration;
import dev.foretell.worker.registration.RegistrationState;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running worker. Thread-safe. */
public final class RunningWorker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RunningWorker.class);

    private final Vertx vertx;
    private final WorkerConfig config;
    private final List<String> functions;
    private final WorkerServer server;
    private final FunctionExecutor executor;
    private final @Nullable Registration registration;
    private final AtomicReference<@Nullable Future<Void>> draining = new AtomicReference<>();

    RunningWorker(
            Vertx vertx,
            WorkerConfig config,
            List<ServedFunction> functions,
            WorkerServer server,
            FunctionExecutor executor,
            @Nullable Registration registration) {
        this.vertx = vertx;
        this.config = config;
        this.functions = functions.stream().map(ServedFunction::name).toList();
        this.server = server;
        this.executor = executor;
        this.registration = registration;
    }

    public int port() {
        return server.port();
    }

    /** The URL that it listens on, such as {@code http://127.0.0.1:41234}. */
    public String url() {
        String host = config.http().listener().host();
        return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port();
    }

    /** The names of its functions. */
    public List<String> functions() {
        return functions;
    }

    /** The state of its registration; empty if it registers nowhere. */
    public Optional<RegistrationState> registration() {
        return Optional.ofNullable(registration).map(Registration::state);
    }

    /** Why it can take no calls, or only some, as its index reports; null if it can. */
    public @Nullable String obstacle() {
        return executor.obstacle();
    }

    /**
     * Leaves the router's map, keeps serving for the settling time, finishes the calls in flight and stops. A second
     * call returns the result of the first one.
     */
    public Future<Void> drain() {
        Promise<Void> promise = Promise.promise();
        if (draining.compareAndSet(null, promise.future())) {
            LOG.info(
                    "the worker ends: no new calls, {} ms for those under way",
                    config.drain().timeout().toMillis());
            leave().compose(left -> settle())
                    .eventually(() -> server.close(config.drain().timeout()))
                    .eventually(() -> vertx.close())
                    .andThen(closed -> executor.close())
                    .onComplete(promise);
        }
        return Optional.ofNullable(draining.get()).orElse(promise.future());
    }

    /** Drains and waits for the end. */
    @Override
    public void close() {
        Duration longest =
                config.drain().settle().plus(config.drain().timeout()).plusSeconds(5);
        try {
            drain().toCompletionStage().toCompletableFuture().get(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the worker did not shut down cleanly", e);
        }
    }

    private Future<Void> leave() {
        return registration == null ? Future.succeededFuture() : registration.close();
    }

    private Future<Void> settle() {
        server.announceEnd();
        return registration == null
                ? Future.succeededFuture()
                : vertx.timer(Math.max(1, config.drain().settle().toMillis()), TimeUnit.MILLISECONDS)
                        .mapEmpty();
    }
}
