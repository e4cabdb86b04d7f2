/** A function worker in one plain file: {@code foretell worker examples/Predict.java}, then POST {"n": 10} to /predict. */
class Predict {
    /** nth Fibonacci number */
    static int predict(int n) {
        int last = 1;
        int next = 1;
        for (int i = 0; i < n; i++) {
            int sum = last + next;
            last = next;
            next = sum;
        }
        return last;
    }
}
