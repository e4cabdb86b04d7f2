package dev.foretell.pages;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A command of a page and the output that the page shows below it. No output shown means: any. In an output, {@code …} stands
 * for any text, alone on a line for any lines.
 *
 * @param line the line of the command, counted from 1
 */
record Step(int line, String command, List<String> output) {
    /** What a command of a page begins with; any other line is output. */
    private static final Pattern COMMAND = Pattern.compile(
            "(?:(?:\\./)?foretell|bench/[-a-z]+|curl|echo|printf|seq|cat|cd|mkdir|cp|kill|python3|mvn|tar|docker|prometheus)(?: .*)?|[a-z]+=.*",
            Pattern.DOTALL);

    /** A comment such as {@code # 409 while it gets calls}. */
    private static final Pattern REFUSAL = Pattern.compile("#\\s*([45]\\d\\d)\\b[^'\"]*$");

    static boolean isCommand(String line) {
        return COMMAND.matcher(line).matches();
    }

    /** The steps of a block. A blank line ends an output. */
    static List<Step> of(String page, Block block) {
        List<Step> steps = new ArrayList<>();
        for (int at = 0; at < block.lines().size(); at++) {
            String text = block.lines().get(at);
            int line = block.line() + at;
            if (isCommand(text)) {
                while (!Quoting.isComplete(text) && at + 1 < block.lines().size()) {
                    at++;
                    text += "\n" + block.lines().get(at);
                }
                steps.add(new Step(line, text, new ArrayList<>()));
            } else if (!text.isBlank() && !text.startsWith("#")) {
                if (steps.isEmpty()) {
                    throw new AssertionError(page + ":" + line + ": this block must begin with a command, be marked"
                            + " <!-- not run: REASON -->, or name its language");
                }
                steps.get(steps.size() - 1).output().add(text);
            }
        }
        return List.copyOf(steps);
    }

    /** The status that the page announces for a call that is refused. */
    OptionalInt refusal() {
        Matcher refusal = REFUSAL.matcher(command);
        return refusal.find() ? OptionalInt.of(Integer.parseInt(refusal.group(1))) : OptionalInt.empty();
    }

    /** Whether the page shows this output. */
    boolean shows(String printed) {
        if (output.isEmpty()) {
            return true;
        }
        String pattern = output.stream().map(Step::literal).collect(Collectors.joining("\\R"));
        return Pattern.compile(pattern, Pattern.DOTALL).matcher(printed.strip()).matches();
    }

    private static String literal(String line) {
        return Pattern.compile("…")
                .splitAsStream(line.stripTrailing() + "\0") // splitting would drop a wildcard at the end
                .map(text -> Pattern.quote(text.replace("\0", "")))
                .collect(Collectors.joining(".*"));
    }
}
