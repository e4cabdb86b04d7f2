/** A function worker in one plain file: {@code foretell worker examples/Predict.java}, then POST {"n": 10} to /predict. */
class Predict {
    /** nth Fibonacci number */
    static long predict(int n) {
        long last = 1;
        long next = 1;
        for (int i = 0; i < n; i++) {
            long sum = Math.addExact(last, next);
            last = next;
            next = sum;
        }
        return last;
    }
}
