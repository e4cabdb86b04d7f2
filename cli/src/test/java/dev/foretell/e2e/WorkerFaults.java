package dev.foretell.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foretell.e2e.ScriptedWorker.Script;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** What befalls workers. */
final class WorkerFaults {
    private static final int FLAPS = 3;

    private WorkerFaults() {}

    /** Killed with SIGKILL, and some time later started again on their ports. */
    static final class Killed implements Fault {
        private final int times;
        private List<Child> workers;

        private Killed(Stage stage, int workers, int times) {
            this.times = times;
            this.workers = Stream.generate(() -> stage.worker(0)).limit(workers).toList();
        }

        static Killed one(Stage stage) {
            return new Killed(stage, 1, 1);
        }

        static Killed twoAtOnce(Stage stage) {
            return new Killed(stage, 2, 1);
        }

        static Killed againAndAgain(Stage stage) {
            return new Killed(stage, 1, FLAPS);
        }

        @Override
        public List<Integer> ports() {
            return workers.stream().map(Child::port).toList();
        }

        @Override
        public void begin(Stage stage, Traffic traffic) {
            kill(stage);
            for (int i = 1; i < times; i++) {
                end(stage, traffic);
                traffic.awaitMore(100);
                kill(stage);
            }
        }

        private void kill(Stage stage) {
            workers.forEach(worker -> Signal.KILL.send(worker.pid()));
            workers.forEach(Child::kill);
            ports().forEach(port -> stage.awaitState(port, "DOWN"));
        }

        @Override
        public void end(Stage stage, Traffic traffic) {
            traffic.calmly(() -> {
                workers = ports().stream().map(stage::worker).toList();
                ports().forEach(port -> stage.awaitState(port, "READY"));
            });
        }

        @Override
        public void close() {
            workers.forEach(Child::close);
        }
    }

    /** Stopped with SIGSTOP: its port is open, nobody answers. */
    static final class Frozen implements Fault {
        private final Child worker;

        Frozen(Stage stage) {
            worker = stage.worker(0);
        }

        @Override
        public List<Integer> ports() {
            return List.of(worker.port());
        }

        @Override
        public void begin(Stage stage, Traffic traffic) {
            Signal.STOP.send(worker.pid());
            stage.awaitState(worker.port(), "SUSPECTED");
        }

        @Override
        public void end(Stage stage, Traffic traffic) {
            Signal.CONT.send(worker.pid());
            stage.awaitState(worker.port(), "READY");
        }

        @Override
        public void close() {
            Signal.CONT.send(worker.pid());
            worker.close();
        }
    }

    /** All workers replaced one by one: a new one registers itself, an old one gets SIGTERM. */
    static final class Rolled implements Fault {
        private final Deque<Child> workers = new ArrayDeque<>();
        private String model = "";

        @Override
        public void prepare(Stage stage, String model, int number) {
            this.model = model;
            start(stage);
            start(stage);
            awaitReady(stage);
        }

        private void start(Stage stage) {
            workers.add(stage.named(model, 0, "--router", stage.url(), "--type", "AI"));
        }

        private void awaitReady(Stage stage) {
            workers.forEach(worker -> stage.awaitState(worker.port(), "READY"));
        }

        @Override
        public void begin(Stage stage, Traffic traffic) {
            replaceOldest(stage, traffic);
        }

        @Override
        public void end(Stage stage, Traffic traffic) {
            replaceOldest(stage, traffic);
        }

        private void replaceOldest(Stage stage, Traffic traffic) {
            traffic.calmly(() -> {
                start(stage);
                awaitReady(stage);
            });
            assertThat(workers.remove().terminate()).isZero();
        }

        @Override
        public void close() {
            workers.forEach(Child::close);
        }
    }

    /** A worker that answers its probes, but not its calls as it should. */
    static final class Misbehaving implements Fault {
        private final ScriptedWorker worker;
        private final Script script;
        private final Harm harm;

        /** What becomes of the calls that it does wrong. */
        private enum Harm {
            /** One call fails at a time. */
            ONE_CALL,
            /** Whatever else is on the connection fails along with it. */
            CONNECTION,
            /** It is answered; what comes after is nobody's answer. */
            OTHERS
        }

        private Misbehaving(ScriptedWorker worker, Script script, Harm harm) {
            this.worker = worker;
            this.script = script;
            this.harm = harm;
        }

        static Misbehaving with(Script script) {
            return new Misbehaving(ScriptedWorker.plain(), script, Harm.ONE_CALL);
        }

        static Misbehaving breakingOff(Script script) {
            return new Misbehaving(ScriptedWorker.plain(), script, Harm.CONNECTION);
        }

        static Misbehaving breakingOffShared(Script script) {
            return new Misbehaving(ScriptedWorker.echoing(), script, Harm.CONNECTION);
        }

        static Misbehaving straying(ScriptedWorker worker, Script script) {
            return new Misbehaving(worker, script, Harm.OTHERS);
        }

        @Override
        public List<Integer> ports() {
            return List.of(worker.port());
        }

        @Override
        public void begin(Stage stage, Traffic traffic) {
            int before = worker.seen();
            worker.plays(script);
            Stage.eventually().until(() -> worker.seen() > before + 1);
        }

        @Override
        public void end(Stage stage, Traffic traffic) {
            worker.plays(ScriptedWorker.Call::answer);
        }

        @Override
        public OptionalInt seen() {
            return harm == Harm.OTHERS ? OptionalInt.empty() : OptionalInt.of(worker.seen());
        }

        @Override
        public boolean seesEveryFailure() {
            return harm == Harm.ONE_CALL;
        }

        @Override
        public void close() {
            worker.close();
        }
    }
}
