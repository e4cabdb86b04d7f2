package dev.foretell.pages;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Markdown page as its blocks. A fence without a language holds commands. {@code <!-- not run: REASON -->} above a fence
 * keeps its commands from being run; lines between {@code <!-- run first} and {@code -->} run unseen.
 *
 * @param indented lines outside of blocks that Markdown shows as code
 */
record Page(String name, List<Block> blocks, List<String> indented) {
    private static final Pattern FENCE = Pattern.compile("\\s*```\\s*(\\S*).*");
    private static final Pattern NOT_RUN = Pattern.compile("<!-- not run: (.+) -->");
    private static final String INDENT = "    ";
    private static final String RUN_FIRST = "<!-- run first";

    static Page read(Path root, Path file) {
        return of(root.relativize(file).toString(), Pages.text(file).lines().toList());
    }

    static Page of(String name, List<String> lines) {
        List<Block> blocks = new ArrayList<>();
        List<String> indented = new ArrayList<>();
        Optional<String> notRun = Optional.empty();
        for (int at = 0; at < lines.size(); at++) {
            String line = lines.get(at);
            Matcher fence = FENCE.matcher(line);
            if (fence.matches() || line.equals(RUN_FIRST)) {
                String end = fence.matches() ? "```" : "-->";
                List<String> content = until(end, lines, at + 1, name);
                blocks.add(new Block(at + 2, fence.matches() ? fence.group(1) : "", content, notRun));
                at += content.size() + 1;
                notRun = Optional.empty();
            } else if (!line.isBlank()) {
                Matcher mark = NOT_RUN.matcher(line);
                notRun = mark.matches() ? Optional.of(mark.group(1)) : Optional.empty();
                if (line.startsWith(INDENT)) {
                    indented.add(line.strip());
                }
            }
        }
        return new Page(name, List.copyOf(blocks), List.copyOf(indented));
    }

    private static List<String> until(String end, List<String> lines, int from, String name) {
        for (int at = from; at < lines.size(); at++) {
            if (lines.get(at).strip().equals(end)) {
                return List.copyOf(lines.subList(from, at));
            }
        }
        throw new AssertionError(name + ":" + from + ": no line '" + end + "' ends this block");
    }

    /** All steps to run, in order. */
    List<Step> steps() {
        return blocks.stream()
                .filter(Block::isRun)
                .flatMap(block -> Step.of(name, block).stream())
                .toList();
    }
}
