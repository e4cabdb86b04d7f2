package dev.foretell.router.overview;

/**
 * Something that an operator should look at.
 *
 * @param severity {@code critical} if calls fail because of it, otherwise {@code warning}
 * @param what a sentence without a full stop
 * @param whereTo a URL of this router that shows more
 * @param action what to do
 */
public record Problem(String severity, String what, String whereTo, String action) {
    public static Problem critical(String what, String whereTo, String action) {
        return new Problem("critical", what, whereTo, action);
    }

    public static Problem warning(String what, String whereTo, String action) {
        return new Problem("warning", what, whereTo, action);
    }
}
