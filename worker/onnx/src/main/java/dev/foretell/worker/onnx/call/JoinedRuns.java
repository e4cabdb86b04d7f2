package dev.foretell.worker.onnx.call;

import dev.foretell.commons.tensor.Tensor;
import dev.foretell.commons.tensor.TensorSpec;
import dev.foretell.worker.onnx.model.ModelOutput;
import dev.foretell.worker.onnx.model.OnnxModel;
import dev.foretell.worker.onnx.model.Rows;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs inputs of one kind as one, joined along their first dimension. This may be wrong, because a first dimension may
 * be time. So the first joined runs are done both ways, and a model with interdependent rows is never joined again.
 * Thread-safe.
 */
final class JoinedRuns {
    private static final Logger LOG = LoggerFactory.getLogger(JoinedRuns.class);
    private static final int TRIALS = 3;
    private static final int NEVER = -1;
    /** Trials compare all outputs, whichever are requested. */
    private static final Set<String> ALL = Set.of();

    private final OnnxModel model;
    /**
     * The remaining trials; {@link #NEVER} after a failed one. Two threads may do one trial too many, which is
     * harmless.
     */
    private volatile int trials;

    JoinedRuns(OnnxModel model) {
        this.model = model;
        this.trials = isCandidate(model) ? TRIALS : NEVER;
    }

    /** Every first dimension is dynamic, and the model's author does not forbid it. */
    private static boolean isCandidate(OnnxModel model) {
        List<TensorSpec> specs = new ArrayList<>(model.inputs());
        specs.addAll(model.outputs());
        return !"false".equals(model.metadata().get("foretell.batch"))
                && !model.inputs().isEmpty()
                && specs.stream()
                        .allMatch(
                                spec -> !spec.shape().isEmpty() && spec.shape().get(0) < 0);
    }

    boolean isPossible() {
        return trials != NEVER;
    }

    /** The outputs of each input; null if they cannot be joined. */
    @Nullable
    List<List<ModelOutput>> run(List<InferenceInput> questions) {
        int left = trials;
        Set<String> outputs = left > 0 ? ALL : questions.get(0).outputs();
        List<List<ModelOutput>> answers = split(model.run(join(questions), outputs), questions);
        if (answers == null || (left > 0 && !isTrue(questions, answers))) {
            trials = NEVER;
            LOG.info("the rows of a model depend on one another: its calls run one by one");
            return null;
        }
        if (left > 0 && trials == left) {
            trials = left - 1;
        }
        return answers;
    }

    private static List<Tensor> join(List<InferenceInput> questions) {
        int inputs = questions.get(0).inputs().size();
        List<Tensor> joined = new ArrayList<>(inputs);
        for (int i = 0; i < inputs; i++) {
            List<Tensor> parts = new ArrayList<>(questions.size());
            for (InferenceInput question : questions) {
                parts.add(question.inputs().get(i));
            }
            joined.add(Rows.join(parts));
        }
        return joined;
    }

    private static @Nullable List<List<ModelOutput>> split(List<ModelOutput> outputs, List<InferenceInput> questions) {
        long rows = 0;
        for (InferenceInput question : questions) {
            rows += question.rows();
        }
        for (ModelOutput output : outputs) {
            if (output.rows() != rows) {
                return null;
            }
        }
        List<List<ModelOutput>> answers = new ArrayList<>(questions.size());
        long from = 0;
        for (InferenceInput question : questions) {
            answers.add(part(outputs, from, from + question.rows()));
            from += question.rows();
        }
        return answers;
    }

    private static List<ModelOutput> part(List<ModelOutput> outputs, long from, long to) {
        List<ModelOutput> part = new ArrayList<>(outputs.size());
        for (ModelOutput output : outputs) {
            part.add(output.rows(from, to));
        }
        return part;
    }

    private boolean isTrue(List<InferenceInput> questions, List<List<ModelOutput>> answers) {
        for (int i = 0; i < answers.size(); i++) {
            List<ModelOutput> alone = model.run(questions.get(i).inputs(), ALL);
            for (int o = 0; o < alone.size(); o++) {
                if (!alone.get(o).isLike(answers.get(i).get(o))) {
                    return false;
                }
            }
        }
        return true;
    }
}
