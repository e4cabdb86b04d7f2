package dev.foretell.worker.training.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TaskOutputTest {
    private static TaskOutput read(String text) throws IOException {
        TaskOutput output = new TaskOutput();
        output.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
        return output;
    }

    @Test
    void theLongestCheckpointIsKeptWhole() throws IOException {
        String longest = "c".repeat(TaskOutput.MAX_CHECKPOINT);

        assertThat(read(TaskOutput.CHECKPOINT + longest + "\n").checkpoint()).isEqualTo(longest);
    }

    @Test
    void aCheckpointThatIsTooLongLeavesTheOneBefore() throws IOException {
        String tooLong = "c".repeat(TaskOutput.MAX_CHECKPOINT + 1);
        TaskOutput output = read(TaskOutput.CHECKPOINT + "first\n" + TaskOutput.CHECKPOINT + tooLong + "\nlast line\n");

        assertThat(output.checkpoint()).isEqualTo("first");
        assertThat(output.takeLines())
                .containsExactly("(a report of the process is too long, and left out)", "last line");
    }

    @Test
    void aReportHasAsMuchOfTheLogAsARouterTakes() throws IOException {
        List<String> lines =
                IntStream.range(0, 90).mapToObj(i -> i + " " + "x".repeat(1900)).toList();
        TaskOutput output = read(String.join("\n", lines));
        List<String> taken = new ArrayList<>();
        for (List<String> next = output.takeLines(); !next.isEmpty(); next = output.takeLines()) {
            assertThat(next.stream().mapToInt(String::length).sum()).isLessThanOrEqualTo(100_000);
            taken.addAll(next);
        }
        List<String> last = read(String.join("\n", lines)).takeLastLines();

        assertThat(taken).isEqualTo(lines);
        assertThat(last).isEqualTo(lines.subList(90 - last.size(), 90)).hasSizeBetween(40, 60);
    }
}
