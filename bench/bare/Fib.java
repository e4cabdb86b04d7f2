/** The trivial function: what is measured is all that is around it. */
public final class Fib {
    private Fib() {}

    public static long predict(int n) {
        return n < 2 ? 1 : predict(n - 1) + predict(n - 2);
    }
}
