package dev.foretell.worker.training.search;

import dev.foretell.worker.training.score.Scoring;
import dev.foretell.worker.training.score.Validation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The best candidates so far, trained on all rows at the moment they get there: when the clock is up, nothing is left to train. Confined
 * to the thread of the search.
 */
final class Finalists {
    private final Evaluator evaluator;
    private final FinalThread thread;
    private final Scoring scoring;
    private Map<Standing, Finalist> trained = new HashMap<>();

    /** @param scoring by which candidates are compared */
    Finalists(Evaluator evaluator, FinalThread thread, Scoring scoring) {
        this.evaluator = evaluator;
        this.thread = thread;
        this.scoring = scoring;
    }

    /**
     * Whether all of these are trained; not where the clock is up first.
     *
     * @throws WrongScores if one has others here
     */
    boolean train(List<Standing> best, SearchClock clock) {
        Map<Standing, Finalist> next = new HashMap<>();
        for (Standing standing : best) {
            Optional<Finalist> finalist = Optional.ofNullable(trained.get(standing))
                    .or(() -> FinalThread.await(thread.start(() -> train(standing)), clock, () -> {}));
            if (finalist.isEmpty()) {
                return false;
            }
            next.put(standing, finalist.get());
        }
        trained = next;
        return true;
    }

    /** One that went on to another rung keeps its file. */
    private Finalist train(Standing standing) {
        Validation validation = validate(standing);
        byte[] onnx = trained.values().stream()
                .filter(known -> known.candidate() == standing.candidate().number())
                .map(Finalist::onnx)
                .findFirst()
                .orElseGet(() -> standing.candidate()
                        .pipeline()
                        .train(evaluator.table(), 1)
                        .onnx());
        return new Finalist(
                standing.candidate().number(),
                standing.candidate().pipeline(),
                validation,
                standing.scores().size(),
                onnx);
    }

    /** Helpers are believed until a candidate is one of the best: no model is chosen for scores that only another process has seen. */
    private Validation validate(Standing standing) {
        Validation validation;
        try {
            validation = evaluator.validate(standing);
        } catch (RuntimeException failure) {
            throw WrongScores.ofFailure(standing, failure);
        }
        WrongScores.requireEqual(standing, validation.score(scoring).folds());
        return validation;
    }

    List<Finalist> in(List<Standing> order) {
        return order.stream()
                .flatMap(standing -> Optional.ofNullable(trained.get(standing)).stream())
                .toList();
    }
}
