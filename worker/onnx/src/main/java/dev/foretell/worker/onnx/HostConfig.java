package dev.foretell.worker.onnx;

import dev.foretell.commons.config.Inline;
import dev.foretell.commons.wire.Hosting;
import dev.foretell.tracing.TracingConfig;
import dev.foretell.worker.DrainConfig;
import dev.foretell.worker.WorkerConfig;
import dev.foretell.worker.execution.ExecutionConfig;
import dev.foretell.worker.http.HttpConfig;
import dev.foretell.worker.onnx.inspect.InspectConfig;
import dev.foretell.worker.onnx.shelf.ShelfConfig;
import dev.foretell.worker.registration.RegistrationConfig;
import java.time.Duration;

/** Every setting of a model host; {@code conf/host.yaml} lists them with their defaults. */
public record HostConfig(@Inline Serving serving, ShelfConfig shelf, OnnxConfig onnx, InspectConfig inspect) {
    /** What a host is as a worker. */
    public record Serving(
            HttpConfig http,
            ExecutionConfig execution,
            RegistrationConfig registration,
            DrainConfig drain,
            TracingConfig tracing) {
        private Serving with(RegistrationConfig another) {
            return new Serving(http, execution, another, drain, tracing);
        }
    }

    private static final int MAX_BODY = 32 << 20;

    public HostConfig {
        RegistrationConfig.Identity as = serving.registration().identity();
        if (!as.type().equals(Hosting.TYPE) || !as.model().isEmpty()) {
            throw new IllegalArgumentException("registration.type must be " + Hosting.TYPE + ", and model empty");
        }
    }

    /** Any free port; and platform threads, because runs block their threads. */
    public static HostConfig defaults() {
        HttpConfig http = HttpConfig.defaults();
        ExecutionConfig execution = ExecutionConfig.defaults();
        return new HostConfig(
                new Serving(
                        http.at(http.listener().host(), 0)
                                .with(new HttpConfig.Bodies(
                                        MAX_BODY, http.bodies().bodyTimeout())),
                        new ExecutionConfig(
                                execution.threads(),
                                execution.queue(),
                                Duration.ofMinutes(5),
                                false,
                                false,
                                execution.streamSilence()),
                        RegistrationConfig.defaults().with("", Hosting.TYPE, ""),
                        DrainConfig.defaults(),
                        TracingConfig.defaults()),
                ShelfConfig.defaults(),
                OnnxConfig.defaults(),
                InspectConfig.defaults());
    }

    public HttpConfig http() {
        return serving.http();
    }

    public RegistrationConfig registration() {
        return serving.registration();
    }

    public HostConfig with(RegistrationConfig another) {
        return new HostConfig(serving.with(another), shelf, onnx, inspect);
    }

    public HostConfig with(ShelfConfig another) {
        return new HostConfig(serving, another, onnx, inspect);
    }

    WorkerConfig worker() {
        return new WorkerConfig(
                WorkerConfig.Code.NONE,
                serving.http(),
                serving.execution(),
                serving.registration(),
                serving.drain(),
                serving.tracing());
    }
}
