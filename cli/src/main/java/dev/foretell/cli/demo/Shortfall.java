package dev.foretell.cli.demo;

/** A step of the tour did not show what it promised; the message says what came instead. */
final class Shortfall extends Exception {
    private static final long serialVersionUID = 1L;

    private Shortfall(String message) {
        super(message, null, false, false);
    }

    /** @throws Shortfall unless it is as expected */
    static void unless(boolean asExpected, String otherwise) throws Shortfall {
        if (!asExpected) {
            throw new Shortfall(otherwise);
        }
    }
}
