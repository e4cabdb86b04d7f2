/** A function that waits: how many calls a worker takes is then a matter of its width, not of CPU. */
public final class Slow {
    private static final long MILLIS = 5;

    private Slow() {}

    public static int predict(int n) throws InterruptedException {
        Thread.sleep(MILLIS);
        return n;
    }
}
