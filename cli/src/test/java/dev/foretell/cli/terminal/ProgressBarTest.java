package dev.foretell.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ProgressBarTest {
    private final StringWriter out = new StringWriter();

    @Test
    void writesItsLineOverForEachPercent() {
        ProgressBar bar = ProgressBar.of(new PrintWriter(out), "iris", 2_000_000);

        bar.accept(0);
        bar.accept(1_000_000);
        bar.accept(1_000_001);
        bar.accept(2_000_000);

        assertThat(out.toString().split("\r")).hasSize(4);
        assertThat(out.toString())
                .contains("iris [####################                    ] 50 % of 2.0 MB")
                .endsWith("100 % of 2.0 MB" + System.lineSeparator());
    }

    @Test
    void anEmptyFileIsDoneAtOnce() {
        ProgressBar.of(new PrintWriter(out), "iris", 0).accept(0);

        assertThat(out.toString()).contains("100 % of 0 B");
    }

    @Test
    void sizesAreForPeople() {
        assertThat(Bytes.of(999)).isEqualTo("999 B");
        assertThat(Bytes.of(1500)).isEqualTo("1.5 kB");
        assertThat(Bytes.of(999_999)).isEqualTo("1.0 MB");
        assertThat(Bytes.of(1L << 30)).isEqualTo("1.1 GB");
    }
}
