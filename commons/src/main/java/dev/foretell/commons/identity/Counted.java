package dev.foretell.commons.identity;

/** How many there are of something, as people write it. */
public final class Counted {
    private Counted() {}

    /** {@code 1 model}, {@code 2 models}. */
    public static String of(long count, String one) {
        return count + " " + one + (count == 1 ? "" : "s");
    }
}
