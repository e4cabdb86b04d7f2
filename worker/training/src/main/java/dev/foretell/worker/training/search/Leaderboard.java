package dev.foretell.worker.training.search;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** All candidates with a result, the best first. Confined to the thread of the search. */
final class Leaderboard {
    private final TreeSet<Standing> ranked = new TreeSet<>(Standing.BEST_FIRST);
    private final Map<Integer, Standing> byNumber = new HashMap<>();

    Optional<Standing> find(Candidate candidate) {
        return Optional.ofNullable(byNumber.get(candidate.number()));
    }

    /** Puts a candidate where it now belongs. */
    void put(Standing standing) {
        remove(standing.candidate());
        byNumber.put(standing.candidate().number(), standing);
        ranked.add(standing);
    }

    void remove(Candidate candidate) {
        Optional.ofNullable(byNumber.remove(candidate.number())).ifPresent(ranked::remove);
    }

    List<Standing> best(int count) {
        return ranked.stream().limit(count).toList();
    }

    List<LeaderboardRow> rows(int count) {
        List<LeaderboardRow> rows = new ArrayList<>();
        for (Standing standing : best(count)) {
            rows.add(LeaderboardRow.of(rows.size() + 1, standing));
        }
        return rows;
    }
}
