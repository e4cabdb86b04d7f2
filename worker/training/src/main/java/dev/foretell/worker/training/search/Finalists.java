package dev.foretell.worker.training.search;

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
    private Map<Standing, Finalist> trained = new HashMap<>();

    Finalists(Evaluator evaluator, FinalThread thread) {
        this.evaluator = evaluator;
        this.thread = thread;
    }

    /** Whether all of these are trained; not where the clock is up first. */
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
                evaluator.validate(standing),
                standing.scores().size(),
                onnx);
    }

    List<Finalist> in(List<Standing> order) {
        return order.stream()
                .flatMap(standing -> Optional.ofNullable(trained.get(standing)).stream())
                .toList();
    }
}
