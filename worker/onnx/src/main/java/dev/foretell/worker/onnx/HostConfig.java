package dev.foretell.worker.onnx;

import dev.foretell.commons.wire.Hosting;
import dev.foretell.worker.DrainConfig;
import dev.foretell.worker.WorkerConfig;
import dev.foretell.worker.execution.ExecutionConfig;
import dev.foretell.worker.http.HttpConfig;
import dev.foretell.worker.onnx.inspect.InspectConfig;
import dev.foretell.worker.onnx.shelf.ShelfConfig;
import dev.foretell.worker.registration.RegistrationConfig;
import java.time.Duration;
import java.util.List;

/** All settings of a model host; {@code conf/host.yaml} documents them with their defaults. */
public record HostConfig(
        HttpConfig http,
        ExecutionConfig execution,
        RegistrationConfig registration,
        DrainConfig drain,
        ShelfConfig shelf,
        OnnxConfig onnx,
        InspectConfig inspect) {
    private static final int MAX_BODY = 32 << 20;

    public HostConfig {
        if (!registration.type().equals(Hosting.TYPE) || !registration.model().isEmpty()) {
            throw new IllegalArgumentException("registration.type must be " + Hosting.TYPE + ", and model empty");
        }
    }

    /** Any free port; and platform threads, because runs block their threads. */
    public static HostConfig defaults() {
        HttpConfig http = HttpConfig.defaults();
        ExecutionConfig execution = ExecutionConfig.defaults();
        return new HostConfig(
                new HttpConfig(http.host(), 0, http.token(), http.allowOrigins(), MAX_BODY, http.bodyTimeout()),
                new ExecutionConfig(
                        execution.threads(),
                        execution.queue(),
                        Duration.ofMinutes(5),
                        false,
                        false,
                        execution.streamSilence()),
                RegistrationConfig.defaults().with("", Hosting.TYPE, ""),
                DrainConfig.defaults(),
                ShelfConfig.defaults(),
                OnnxConfig.defaults(),
                InspectConfig.defaults());
    }

    public HostConfig with(RegistrationConfig another) {
        return new HostConfig(http, execution, another, drain, shelf, onnx, inspect);
    }

    public HostConfig with(ShelfConfig another) {
        return new HostConfig(http, execution, registration, drain, another, onnx, inspect);
    }

    WorkerConfig worker() {
        return new WorkerConfig(List.of(), "", http, execution, registration, drain);
    }
}
