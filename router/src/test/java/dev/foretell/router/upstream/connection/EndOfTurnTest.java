package dev.foretell.router.upstream.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class EndOfTurnTest {
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final EndOfTurn end = new EndOfTurn(tasks::add);
    private final List<String> done = new ArrayList<>();

    private void nextTask() {
        tasks.remove().run();
    }

    @Test
    void allIsOneTaskOfTheLoopInTheOrderItWasAdded() {
        end.add(() -> done.add("a"));
        end.add(() -> done.add("b"));

        assertThat(tasks).hasSize(1);
        nextTask();

        assertThat(done).containsExactly("a", "b");
        assertThat(tasks).isEmpty();
    }

    @Test
    void whatIsAddedMeanwhileIsForTheNextTurn() {
        end.add(() -> end.add(() -> done.add("next")));

        nextTask();
        assertThat(done).isEmpty();
        nextTask();

        assertThat(done).containsExactly("next");
    }

    @Test
    void oneThatFailsHoldsUpNoOther() {
        end.add(() -> {
            throw new IllegalStateException("a bug");
        });
        end.add(() -> done.add("b"));

        nextTask();

        assertThat(done).containsExactly("b");
    }
}
