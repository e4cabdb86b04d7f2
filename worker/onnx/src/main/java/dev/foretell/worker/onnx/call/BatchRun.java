package dev.foretell.worker.onnx.call;

import dev.foretell.commons.failure.ServingException;
import dev.foretell.worker.function.Batching.Outcome;
import dev.foretell.worker.function.CallBody;
import dev.foretell.worker.onnx.model.ModelOutput;
import dev.foretell.worker.onnx.model.OnnxModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Runs many calls: calls of the same kind as one run; calls without a kind, and those of a failed run, one by one. Used
 * once.
 */
final class BatchRun {
    private final OnnxModel model;
    private final JoinedRuns joined;
    private final @Nullable InferenceInput[] questions;
    private final Outcome[] outcomes;
    private final Map<List<Object>, List<Integer>> kinds = new LinkedHashMap<>();

    BatchRun(OnnxModel model, JoinedRuns joined, int calls) {
        this.model = model;
        this.joined = joined;
        this.questions = new InferenceInput[calls];
        this.outcomes = new Outcome[calls];
    }

    /** @throws InterruptedException if all callers have left */
    List<Outcome> run(List<CallBody> calls, NativeReader reader) throws InterruptedException {
        for (int i = 0; i < outcomes.length; i++) {
            read(i, calls.get(i), reader);
        }
        for (List<Integer> kind : kinds.values()) {
            run(kind);
        }
        return Arrays.asList(outcomes);
    }

    private void read(int i, CallBody call, NativeReader reader) {
        try {
            InferenceInput question = call.readBy(reader);
            questions[i] = question;
            boolean joins = joined.isPossible() && question.rows() >= 0;
            kinds.computeIfAbsent(joins ? question.kind() : List.of(i), kind -> new ArrayList<>())
                    .add(i);
        } catch (RuntimeException e) {
            outcomes[i] = new Outcome(null, e);
        }
    }

    private void run(List<Integer> kind) throws InterruptedException {
        List<List<ModelOutput>> answers = kind.size() == 1 ? null : together(kind);
        for (int k = 0; k < kind.size(); k++) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            int i = kind.get(k);
            outcomes[i] = answers == null ? alone(question(i)) : outcome(question(i), answers.get(k));
        }
    }

    /** Null if they must run one by one. */
    private @Nullable List<List<ModelOutput>> together(List<Integer> kind) {
        List<InferenceInput> asked = new ArrayList<>(kind.size());
        for (int i : kind) {
            asked.add(question(i));
        }
        try {
            return joined.isPossible() ? joined.run(asked) : null;
        } catch (ServingException e) {
            return null;
        }
    }

    private Outcome alone(InferenceInput question) {
        try {
            return outcome(question, model.run(question.inputs(), question.outputs()));
        } catch (RuntimeException e) {
            return new Outcome(null, e);
        }
    }

    private static Outcome outcome(InferenceInput question, List<ModelOutput> outputs) {
        try {
            return new Outcome(question.form().of(outputs), null);
        } catch (RuntimeException e) {
            return new Outcome(null, e);
        }
    }

    private InferenceInput question(int i) {
        InferenceInput question = questions[i];
        if (question == null) {
            throw new IllegalStateException("call " + i + " was not read");
        }
        return question;
    }
}
