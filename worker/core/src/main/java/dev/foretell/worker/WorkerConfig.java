package dev.foretell.worker;

import dev.foretell.worker.execution.ExecutionConfig;
import dev.foretell.worker.http.HttpConfig;
import dev.foretell.worker.registration.RegistrationConfig;
import java.util.List;

/**
 * All settings of a worker; {@code conf/worker.yaml} documents them with their defaults.
 *
 * @param functions references to the functions, such as {@code com.acme.Fib::predict} or {@code fib=Predict.java}
 * @param classpath folders and jars with the user's classes
 */
public record WorkerConfig(
        List<String> functions,
        String classpath,
        HttpConfig http,
        ExecutionConfig execution,
        RegistrationConfig registration,
        DrainConfig drain) {
    public WorkerConfig {
        functions = List.copyOf(functions);
    }

    public static WorkerConfig defaults() {
        return new WorkerConfig(
                List.of(),
                "",
                HttpConfig.defaults(),
                ExecutionConfig.defaults(),
                RegistrationConfig.defaults(),
                DrainConfig.defaults());
    }

    public WorkerConfig with(HttpConfig another) {
        return new WorkerConfig(functions, classpath, another, execution, registration, drain);
    }

    public WorkerConfig with(ExecutionConfig another) {
        return new WorkerConfig(functions, classpath, http, another, registration, drain);
    }

    public WorkerConfig with(RegistrationConfig another) {
        return new WorkerConfig(functions, classpath, http, execution, another, drain);
    }

    public WorkerConfig with(DrainConfig another) {
        return new WorkerConfig(functions, classpath, http, execution, registration, another);
    }
}
