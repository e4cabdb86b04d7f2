package dev.foretell.worker;

import dev.foretell.commons.config.Inline;
import dev.foretell.tracing.TracingConfig;
import dev.foretell.worker.execution.ExecutionConfig;
import dev.foretell.worker.http.HttpConfig;
import dev.foretell.worker.registration.RegistrationConfig;
import java.util.List;

/**
 * All settings of a worker; {@code conf/worker.yaml} documents them with their defaults.
 *
 */
public record WorkerConfig(
        @Inline Code code,
        HttpConfig http,
        ExecutionConfig execution,
        RegistrationConfig registration,
        DrainConfig drain,
        TracingConfig tracing) {
    /**
     * The functions to serve.
     *
     * @param functions references to them, such as {@code com.acme.Fib::predict} or {@code fib=Predict.java}
     * @param classpath folders and jars with the user's classes
     */
    public record Code(List<String> functions, String classpath) {
        /** None of a user's own. */
        public static final Code NONE = new Code(List.of(), "");

        public Code {
            functions = List.copyOf(functions);
        }
    }

    public static WorkerConfig defaults() {
        return new WorkerConfig(
                Code.NONE,
                HttpConfig.defaults(),
                ExecutionConfig.defaults(),
                RegistrationConfig.defaults(),
                DrainConfig.defaults(),
                TracingConfig.defaults());
    }

    public WorkerConfig with(HttpConfig another) {
        return new WorkerConfig(code, another, execution, registration, drain, tracing);
    }

    public WorkerConfig with(ExecutionConfig another) {
        return new WorkerConfig(code, http, another, registration, drain, tracing);
    }

    public WorkerConfig with(RegistrationConfig another) {
        return new WorkerConfig(code, http, execution, another, drain, tracing);
    }

    public WorkerConfig with(DrainConfig another) {
        return new WorkerConfig(code, http, execution, registration, another, tracing);
    }

    /** The settings of its spans. */
    public WorkerConfig with(TracingConfig another) {
        return new WorkerConfig(code, http, execution, registration, drain, another);
    }
}
