package dev.foretell.worker.training.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.identity.OwnVersion;
import dev.foretell.commons.json.Json;
import dev.foretell.commons.training.CodeParameters;
import dev.foretell.worker.training.code.TrainFunction;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Runs training code of a user's own: a class on the trainer's class path, or a source file of the order. */
final class CodeJob implements Job {
    private final CodeParameters parameters;
    private final JsonNode task;
    private final PrintStream out;

    /** @param out where progress and checkpoints go */
    CodeJob(JsonNode task, PrintStream out) {
        this.parameters = CodeParameters.of(task.path("parameters"));
        this.task = task;
        this.out = out;
    }

    /** The code has a folder of its own in that of the task. */
    @Override
    public Trained run(Path folder) throws IOException {
        CodeTraining training = new CodeTraining(
                folder.resolve(TaskFolder.DATA), Files.createDirectories(folder.resolve("code")), task, out);
        TrainFunction function = function(folder);
        Path model = train(function, training);
        return new Trained(read(model), List.of(), result(function, training));
    }

    private TrainFunction function(Path folder) throws IOException {
        return parameters.isSource()
                ? TrainCode.compile(parameters.source(), Files.createDirectories(folder.resolve("classes")))
                : TrainCode.ofName(parameters.className(), CodeJob.class.getClassLoader());
    }

    /** The stack trace goes to the task's log. */
    private static Path train(TrainFunction function, CodeTraining training) {
        try {
            Path model = function.train(training);
            if (model == null) {
                throw failure("it returned no model file");
            }
            return model;
        } catch (ServingException refusal) {
            throw refusal;
        } catch (Exception | LinkageError | StackOverflowError e) {
            e.printStackTrace(System.out);
            throw failure(e.toString());
        }
    }

    private static ServingException failure(String why) {
        return new ServingException(FailureKind.INVALID_INPUT, "the training code failed: " + why);
    }

    private static byte[] read(Path model) {
        try {
            return Files.readAllBytes(model);
        } catch (IOException e) {
            throw failure("its model file cannot be read: " + e);
        }
    }

    private static JsonNode result(TrainFunction function, CodeTraining training) {
        ObjectNode result = Json.MAPPER.createObjectNode();
        result.set("metrics", training.metrics());
        training.sampleData().ifPresent(sample -> result.set("sample", sample));
        ObjectNode software = result.putObject("provenance").putObject("software");
        software.put("foretell", OwnVersion.TEXT);
        software.put("java", Runtime.version().toString());
        software.put("code", function.getClass().getName());
        return result;
    }
}
