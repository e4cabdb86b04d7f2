package dev.foretell.worker.training.search;

import dev.foretell.worker.training.learn.Algorithm;
import dev.foretell.worker.training.pipeline.Pipeline;
import dev.foretell.worker.training.search.space.Breeder;
import dev.foretell.worker.training.search.space.Genome;
import dev.foretell.worker.training.search.space.SearchSpace;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Makes the candidates, generation by generation. The first one begins with each algorithm as it is by default, and ends with the
 * baseline, which is on trial as all others are. Later ones descend from the best so far. Confined to the thread of the search.
 */
final class Population {
    private final SearchPlan plan;
    private final SearchSpace space;
    private final Breeder breeder;
    private final Set<Pipeline> known = new HashSet<>();
    private int made;

    Population(SearchPlan plan, SearchSpace space) {
        this.plan = plan;
        this.space = space;
        this.breeder = new Breeder(space, plan.seed());
    }

    List<Candidate> generation(int generation, Leaderboard board) {
        List<Genome> parents = board.best(Math.max(2, plan.populationSize() / 3)).stream()
                .map(standing -> standing.candidate().genome())
                .filter(genome -> genome.algorithm() != Algorithm.BASELINE)
                .toList();
        List<Genome> defaults = generation == 0 ? space.defaults() : List.of();
        List<Candidate> candidates = new ArrayList<>();
        for (int i = 0; i < plan.populationSize(); i++) {
            candidates.add(candidate(
                    generation, i < defaults.size() ? defaults.get(i) : breeder.breed(made, parents, this::isNew)));
        }
        if (generation == 0) {
            candidates.add(candidate(generation, SearchSpace.byDefault(Algorithm.BASELINE)));
        }
        return candidates;
    }

    private boolean isNew(Genome genome) {
        return !known.contains(genome.pipeline(0));
    }

    private Candidate candidate(int generation, Genome genome) {
        known.add(genome.pipeline(0));
        int number = made++;
        return new Candidate(number, generation + 1, genome, genome.pipeline(breeder.seed(number)));
    }
}
