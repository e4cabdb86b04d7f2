package dev.foretell.worker;

import dev.foretell.edge.Libraries;
import dev.foretell.worker.function.Fn0;
import dev.foretell.worker.function.Fn1;
import dev.foretell.worker.function.Fn2;
import dev.foretell.worker.function.Fn3;
import dev.foretell.worker.function.Fn4;
import dev.foretell.worker.function.FunctionSource;
import dev.foretell.worker.function.Refusals;
import dev.foretell.worker.function.RefusingFunction;
import dev.foretell.worker.function.ServedFunction;
import dev.foretell.worker.registration.RegistrationConfig;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.function.LongSupplier;

/**
 * Serves functions of this program: {@code Worker.of("fib", Fib::predict).register("http://localhost:8000", "AI")}. A
 * worker is immutable until it is started; each method returns a new one.
 */
public final class Worker {
    private final WorkerConfig config;
    private final List<ServedFunction> functions;
    private final Refusals refusals;

    private Worker(WorkerConfig config, List<ServedFunction> functions, Refusals refusals) {
        this.config = config;
        this.functions = List.copyOf(functions);
        this.refusals = refusals;
    }

    private static WorkerConfig defaults() {
        WorkerConfig defaults = WorkerConfig.defaults();
        return defaults.with(defaults.http().at(defaults.http().listener().host(), 0));
    }

    public static <R> Worker of(String name, Fn0<R> function) {
        return empty().and(name, function);
    }

    public static <A, R> Worker of(String name, Fn1<A, R> function) {
        return empty().and(name, function);
    }

    public static <A, B, R> Worker of(String name, Fn2<A, B, R> function) {
        return empty().and(name, function);
    }

    public static <A, B, C, R> Worker of(String name, Fn3<A, B, C, R> function) {
        return empty().and(name, function);
    }

    public static <A, B, C, D, R> Worker of(String name, Fn4<A, B, C, D, R> function) {
        return empty().and(name, function);
    }

    /** A worker of existing functions. */
    public static Worker of(List<ServedFunction> functions) {
        Worker worker = empty();
        for (ServedFunction function : functions) {
            worker = worker.with(function);
        }
        return worker;
    }

    public <R> Worker and(String name, Fn0<R> function) {
        return with(Lambdas.of(name, function));
    }

    public <A, R> Worker and(String name, Fn1<A, R> function) {
        return with(Lambdas.of(name, function));
    }

    public <A, B, R> Worker and(String name, Fn2<A, B, R> function) {
        return with(Lambdas.of(name, function));
    }

    public <A, B, C, R> Worker and(String name, Fn3<A, B, C, R> function) {
        return with(Lambdas.of(name, function));
    }

    public <A, B, C, D, R> Worker and(String name, Fn4<A, B, C, D, R> function) {
        return with(Lambdas.of(name, function));
    }

    /** Sets the address to listen on; the default is {@code 127.0.0.1} and a free port. */
    public Worker bind(String host, int port) {
        Given.text(host, "bind needs a host, such as 127.0.0.1, or 0.0.0.0 for every address of the machine");
        return another(config.with(config.http().at(host, port)));
    }

    /**
     * What callers must send as {@code Authorization: Token …}.
     *
     * @throws IllegalArgumentException if it is empty: a variable that is not set must not open the worker to everybody
     */
    public Worker token(String token) {
        Given.text(token, "the token is empty: leave token() out where callers need none");
        return another(config.with(config.http().withToken(token)));
    }

    /**
     * Declares exceptions that mean that the input is wrong. The caller gets the status and the message, as for an
     * {@link dev.foretell.worker.function.InvalidInputException}. A method's own {@link
     * dev.foretell.worker.function.Refuses} has precedence.
     *
     * @param status from 400 to 499
     */
    @SafeVarargs
    public final Worker refusing(int status, Class<? extends Throwable>... exceptions) {
        Given.some(exceptions, "refusing needs exceptions, such as IllegalArgumentException.class");
        return new Worker(config, functions, refusals.and(status, List.of(exceptions)));
    }

    /**
     * Takes every setting from here, those of {@code bind} and {@code token} too.
     *
     * @throws IllegalStateException if one of those was called before, and would be lost
     */
    public Worker configured(WorkerConfig settings) {
        if (!config.equals(defaults())) {
            throw new IllegalStateException(
                    "configured() sets everything anew, and what bind(), token() or another configured() has set would be"
                            + " lost: call it once, before them");
        }
        return another(settings);
    }

    private Worker another(WorkerConfig settings) {
        return new Worker(settings, functions, refusals);
    }

    /** Starts the worker and waits until it takes calls. */
    public RunningWorker start() {
        return serve(config);
    }

    /** The same by another clock, as a test wants it. */
    RunningWorker start(LongSupplier nanoClock) {
        return serve(config, nanoClock);
    }

    /**
     * Starts the worker and keeps each function registered as a model of the same name. When the program ends, the
     * worker drains and leaves the router's map.
     *
     * @param router the router's URL, or those of several routers that share their state, separated by commas; the
     *     worker uses the next one while one does not respond
     */
    public RunningWorker register(String router, String type) {
        return register(router, type, "");
    }

    /** The same with a list of routers. */
    public RunningWorker register(List<String> routers, String type) {
        return register(String.join(",", routers), type);
    }

    /** The same for a single function with another model name. */
    public RunningWorker register(String router, String type, String model) {
        Given.text(
                router,
                "register needs the URL of a router, such as http://localhost:8000; start() serves without one");
        Given.text(type, "register needs a model type, such as AI");
        Given.present(model, "the model's name is null: leave it out for the function's own");
        RegistrationConfig registration = config.registration().with(router, type, model);
        RunningWorker worker = serve(config.with(registration));
        Runtime.getRuntime().addShutdownHook(new Thread(worker::close));
        return worker;
    }

    private static Worker empty() {
        return new Worker(defaults(), List.of(), Refusals.NONE);
    }

    private RunningWorker serve(WorkerConfig settings) {
        return serve(settings, System::nanoTime);
    }

    private RunningWorker serve(WorkerConfig settings, LongSupplier nanoClock) {
        Libraries.require();
        if (functions.isEmpty()) {
            throw new IllegalStateException("a worker needs a function, as in Worker.of(\"fib\", Fib::predict)");
        }
        return await(WorkerProcess.serve(settings, functions(), FunctionSource.NONE, nanoClock));
    }

    private List<ServedFunction> functions() {
        return functions.stream()
                .map(function -> RefusingFunction.of(function, refusals))
                .toList();
    }

    private Worker with(ServedFunction function) {
        if (functions.stream().anyMatch(other -> other.name().equals(function.name()))) {
            throw new IllegalArgumentException("this worker has a function named '" + function.name()
                    + "' already: give one of them another name");
        }
        List<ServedFunction> more = new ArrayList<>(functions);
        more.add(function);
        return new Worker(config, more, refusals);
    }

    private static RunningWorker await(Future<RunningWorker> starting) {
        try {
            return starting.toCompletionStage().toCompletableFuture().join();
        } catch (CompletionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new IllegalStateException("the worker cannot start: " + words(cause), cause);
        }
    }

    private static String words(Throwable cause) {
        String words = String.valueOf(cause.getMessage());
        return words.contains("already in use") ? words + "; bind another port, or 0 for a free one" : words;
    }
}
