package dev.foretell.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import org.junit.jupiter.api.Test;

/** What reaches a terminal. */
class TerminalOutputTest {
    private final StringWriter terminal = new StringWriter();
    private final TerminalOutput out = new TerminalOutput(terminal);

    @Test
    void controlCharactersOfTextsBecomeQuestionMarks() {
        out.println("title: \u001b]0;owned\u0007");
        out.printf("%s|%s%n", "\u001b[2Jx", "a\rb\u009b1mc\u007f\0");
        out.print("back\b");
        out.append('\u001b').append("[31m").write(new char[] {'\u0085', 'y'}, 0, 2);

        assertThat(terminal.toString().lines()).containsExactly("title: ?]0;owned?", "?[2Jx|a?b?1mc??", "back??[31m?y");
    }

    @Test
    void aTextCannotHideWhatStandsBesideIt() {
        out.print("\u001b[8mhidden\u001b[1;8m\u001b[A");

        assertThat(terminal.toString()).isEqualTo("?[8mhidden?[1;8m?[A");
    }

    @Test
    void aTextCannotTurnTheDirectionOfWriting() {
        out.print("model\u202egnp.exe\u2066 \u2028");

        assertThat(terminal.toString()).isEqualTo("model?gnp.exe? ?");
    }

    @Test
    void linesTabsLettersAndTheStyleOfTheHelpStay() {
        String text = "a\tb\r\nKöln 😀\n\u001b[1mforetell\u001b[21m\u001b[0m \u001b[33m-h\u001b[39m\u001b[0m";

        out.print(text);

        assertThat(terminal.toString()).isEqualTo(text);
    }

    @Test
    void onlyTheCommandItselfWritesALineOver() {
        TerminalOutput.restartLine(out);
        out.print("\r50 %");

        assertThat(terminal.toString()).isEqualTo("\r?50 %");
    }
}
