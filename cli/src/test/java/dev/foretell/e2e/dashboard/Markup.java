package dev.foretell.e2e.dashboard;

import dev.foretell.worker.function.Doc;
import dev.foretell.worker.function.Refuses;

/** Functions whose every text would be a script if a page took it for markup. */
public final class Markup {
    static final String SCRIPT = "<img src=x onerror=\"document.body.dataset.hit='1'\">";
    private static final int LONG = 10_000_000;

    private Markup() {}

    @Doc("<img src=x onerror=\"document.body.dataset.hit='1'\">")
    public static String say(String word) {
        return SCRIPT + word;
    }

    @Refuses(IllegalArgumentException.class)
    public static String refuse(String word) {
        throw new IllegalArgumentException(SCRIPT + word);
    }

    /** Ten million characters. */
    public static String longText(int n) {
        return "x".repeat(LONG) + n;
    }

    /** A curve to be drawn. */
    public static double[] curve(int n) {
        double[] curve = new double[Math.min(n, 1000)];
        for (int i = 0; i < curve.length; i++) {
            curve[i] = Math.sin(i / 10.0);
        }
        return curve;
    }
}
