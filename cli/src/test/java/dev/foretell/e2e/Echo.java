package dev.foretell.e2e;

/** A function whose answer tells which call it is the answer to. */
public final class Echo {
    private Echo() {}

    public static int predict(int n) {
        return n;
    }
}
