package dev.foretell.commons.config;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.List;
import java.util.stream.IntStream;

/** Describes a YAML error in one line; the parser's message shows the text in several lines. */
final class YamlWords {
    private YamlWords() {}

    static String of(JsonProcessingException failure) {
        JsonLocation at = failure.getLocation();
        return reason(String.valueOf(failure.getOriginalMessage()))
                + (at == null ? "" : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")");
    }

    private static String reason(String message) {
        if (message.contains("'\\t(TAB)'")) {
            return "lines are indented with blanks, and here is a tab";
        }
        if (message.contains("mapping values are not allowed here")) {
            return "a setting here is indented under one that has a value already, or the colon before it is missing";
        }
        List<String> lines = message.lines().map(String::strip).toList();
        return IntStream.range(1, lines.size())
                .filter(i -> lines.get(i).startsWith("in "))
                .mapToObj(i -> lines.get(i - 1))
                .reduce((context, problem) -> problem)
                .orElse(lines.isEmpty() ? "it cannot be read" : lines.get(0));
    }
}
