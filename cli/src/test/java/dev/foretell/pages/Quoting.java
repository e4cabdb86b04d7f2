package dev.foretell.pages;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a command of a shell ends. */
final class Quoting {
    private static final Pattern HERE_DOCUMENT = Pattern.compile("<<'(\\w+)'\\R");

    private Quoting() {}

    /** Whether a shell would run this text, rather than wait for another line. */
    static boolean isComplete(String text) {
        Matcher document = HERE_DOCUMENT.matcher(text + "\n");
        return document.find() ? text.endsWith("\n" + document.group(1)) : isClosed(text);
    }

    private static boolean isClosed(String text) {
        char quote = 0;
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '\\' && quote != '\'') {
                at++;
                if (at == text.length()) {
                    return false; // the line goes on
                }
            } else if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '\'' || c == '"') {
                quote = c;
            } else if (c == '#' && (at == 0 || Character.isWhitespace(text.charAt(at - 1)))) {
                int end = text.indexOf('\n', at);
                at = end < 0 ? text.length() : end;
            }
        }
        return quote == 0;
    }
}
