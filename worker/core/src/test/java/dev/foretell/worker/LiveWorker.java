package dev.foretell.worker;

import dev.foretell.edge.EventLoops;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterClassTemplateInvocationCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeClassTemplateInvocationCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A real worker for one test class: {@code @RegisterExtension static final LiveWorker worker = LiveWorker.of(…)}. */
public final class LiveWorker
        implements BeforeAllCallback,
                AfterAllCallback,
                BeforeClassTemplateInvocationCallback,
                AfterClassTemplateInvocationCallback {
    private final Worker worker;
    private final Function<WorkerConfig, WorkerConfig> configured;
    private @Nullable RunningWorker running;

    private LiveWorker(Worker worker, Function<WorkerConfig, WorkerConfig> configured) {
        this.worker = worker;
        this.configured = configured;
    }

    /** On a free port; on every transport where the class is {@link OnEveryTransport}. */
    public static LiveWorker of(Worker worker, Function<WorkerConfig, WorkerConfig> configured) {
        return new LiveWorker(worker, configured);
    }

    public static LiveWorker of(Worker worker) {
        return of(worker, config -> config);
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        if (!context.getRequiredTestClass().isAnnotationPresent(OnEveryTransport.class)) {
            start(EventLoops.AUTO);
        }
    }

    @Override
    public void beforeClassTemplateInvocation(ExtensionContext context) {
        start(Transports.of(context).orElseThrow());
    }

    private void start(EventLoops transport) {
        WorkerConfig defaults = WorkerConfig.defaults();
        WorkerConfig config = configured.apply(defaults.with(defaults.http().at("127.0.0.1", 0)));
        running = worker.configured(config.with(config.http().on(transport))).start();
    }

    @Override
    public void afterClassTemplateInvocation(ExtensionContext context) {
        stop();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        stop();
    }

    private void stop() {
        RunningWorker started = running;
        running = null;
        if (started != null) {
            started.close();
        }
    }

    private RunningWorker running() {
        RunningWorker started = running;
        if (started == null) {
            throw new IllegalStateException("the worker does not run");
        }
        return started;
    }

    public int port() {
        return running().port();
    }

    public String url() {
        return running().url();
    }
}
