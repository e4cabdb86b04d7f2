package dev.foretell.pages;

import java.util.List;
import java.util.Optional;

/**
 * A fenced block of a page, or a comment with commands that the page runs and does not show.
 *
 * @param line where its content begins, counted from 1
 * @param language the word after the fence, as {@code java}; empty for commands
 * @param notRun why its commands are not run; empty if they are
 */
record Block(int line, String language, List<String> lines, Optional<String> notRun) {
    boolean hasCommands() {
        return language.isEmpty();
    }

    boolean isRun() {
        return hasCommands() && notRun.isEmpty();
    }
}
