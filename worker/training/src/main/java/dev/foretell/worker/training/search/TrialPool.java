package dev.foretell.worker.training.search;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * The trials of one rung, tried by threads of this process and by other trainers, its helpers. The next trials are left to helpers if there
 * are any; a thread that has nothing else to do also tries those, and even one that a helper has: whoever ends first counts, for the
 * outcome is the same. Thread-safe.
 */
public final class TrialPool implements AutoCloseable {
    private static final int MAX_NAMED = 20;
    private static final int MAX_HELPING = 1000;
    private static final String OTHERS = "others";

    private final List<Entry> rung = new ArrayList<>();
    private final Map<String, Integer> helped = new TreeMap<>();
    private int places;
    private int threads;
    private int helping;
    private boolean isAlone;
    private boolean isClosed;

    /** A trial until it has its outcome. Guarded by the pool. */
    private static final class Entry {
        private final OpenTrial trial;
        private final Callable<Optional<Trial>> work;
        private final CompletableFuture<Trial> outcome = new CompletableFuture<>();
        private @Nullable Thread thread;
        private boolean isLent;

        Entry(OpenTrial trial, Callable<Optional<Trial>> work) {
            this.trial = trial;
            this.work = work;
        }

        boolean isFree() {
            return thread == null && !outcome.isDone();
        }
    }

    /** @param places how many trials are tried at once in this process, at least 1 */
    public TrialPool(int places) {
        setPlaces(places);
    }

    /** Forgets the trials so far, and breaks off those that are tried. */
    synchronized void begin() {
        breakOff();
        rung.clear();
        notifyAll();
    }

    /**
     * Tries a trial once a place is free; they begin in the order in which they are added.
     *
     * @param work tries it; empty where it was interrupted
     */
    synchronized Future<Trial> add(OpenTrial trial, Callable<Optional<Trial>> work) {
        Entry entry = new Entry(trial, work);
        rung.add(entry);
        notifyAll();
        return entry.outcome;
    }

    /** A trial whose outcome is known. */
    synchronized Future<Trial> addEnded(OpenTrial trial, Trial outcome) {
        Entry entry = new Entry(trial, Optional::empty);
        entry.outcome.complete(outcome);
        rung.add(entry);
        return entry.outcome;
    }

    /** The outcomes of this rung from a trial on, by number: they may come before their turn. */
    synchronized Map<Integer, Trial> endedFrom(int number) {
        Map<Integer, Trial> ended = new TreeMap<>();
        for (Entry entry : rung) {
            if (entry.trial.number() >= number && entry.outcome.isDone() && !entry.outcome.isCompletedExceptionally()) {
                ended.put(entry.trial.number(), entry.outcome.join());
            }
        }
        return ended;
    }

    /** From now on so many trials are tried at once in this process; those over it are broken off at their next fold and begin again. */
    public synchronized void setPlaces(int count) {
        places = Math.max(1, count);
        while (threads < places && !isClosed) {
            threads++;
            Thread thread = new Thread(this::work, "candidate");
            thread.setDaemon(true);
            thread.start();
        }
        List<Thread> busy = rung.stream()
                .flatMap(entry -> Optional.ofNullable(entry.thread).stream())
                .toList();
        busy.stream().skip(places).forEach(Thread::interrupt);
        notifyAll();
    }

    /**
     * What helpers do with the trials that were offered.
     *
     * @param count their places
     * @param lent the numbers of the trials that they try now
     */
    public synchronized void hear(int count, Set<Integer> lent) {
        if (isAlone) {
            return;
        }
        helping = Math.min(Math.max(0, count), MAX_HELPING);
        rung.forEach(entry -> entry.isLent = lent.contains(entry.trial.number()));
        notifyAll();
    }

    /**
     * The outcome of a trial that a helper tried; counts if the trial has none yet.
     *
     * @param outcome as {@link Trial#json}; nothing counts that is not
     */
    public synchronized void end(int number, String helper, JsonNode outcome) {
        Trial told = Trial.of(outcome);
        for (Entry entry : rung) {
            if (!isAlone
                    && entry.trial.number() == number
                    && told.scores().length == entry.trial.work().rung().folds()
                    && entry.outcome.complete(told)) {
                helped.merge(isNamed(helper) ? helper : OTHERS, 1, Integer::sum);
                Optional.ofNullable(entry.thread).ifPresent(Thread::interrupt);
            }
        }
        notifyAll();
    }

    /** Takes no more help, and counts none of what there was. */
    public synchronized void dismissHelpers() {
        isAlone = true;
        helping = 0;
        helped.clear();
        begin();
    }

    private boolean isNamed(String helper) {
        return helped.containsKey(helper) || helped.size() < MAX_NAMED;
    }

    /** How many trials counted that others tried, by trainer; those after the first twenty are {@code others}. */
    public synchronized Map<String, Integer> helped() {
        return new TreeMap<>(helped);
    }

    /** Waits until the trials that others may have are not these. */
    public synchronized List<OpenTrial> awaitOffer(List<OpenTrial> last) throws InterruptedException {
        List<OpenTrial> offer = offer();
        while (offer.equals(last)) {
            wait();
            offer = offer();
        }
        return offer;
    }

    /** Those that helpers have, and two for each place of a helper, so that a short trial is followed by another at once. */
    private List<OpenTrial> offer() {
        if (isAlone) {
            return List.of();
        }
        List<Entry> next = next(Math.max(1, 2 * helping));
        return rung.stream()
                .filter(entry -> !entry.outcome.isDone() && entry.isLent || next.contains(entry))
                .map(entry -> entry.trial)
                .toList();
    }

    /** The first trials that nobody has. */
    private List<Entry> next(int count) {
        return rung.stream()
                .filter(entry -> entry.isFree() && !entry.isLent)
                .limit(count)
                .toList();
    }

    private void work() {
        for (Entry entry = take(); entry != null; entry = take()) {
            try {
                put(entry, entry.work.call());
            } catch (Exception | Error broken) {
                entry.outcome.completeExceptionally(broken);
                put(entry, Optional.empty());
            }
        }
    }

    private synchronized @Nullable Entry take() {
        while (!isClosed && threads <= places) {
            Optional<Entry> chosen = choose();
            if (chosen.isPresent()) {
                chosen.get().thread = Thread.currentThread();
                notifyAll();
                return chosen.get();
            }
            try {
                wait();
            } catch (InterruptedException late) {
                // The trial that was to be broken off has ended.
            }
        }
        threads--;
        return null;
    }

    private Optional<Entry> choose() {
        List<Entry> forHelpers = next(2 * helping);
        return rung.stream()
                .filter(entry -> entry.isFree() && !entry.isLent && !forHelpers.contains(entry))
                .findFirst()
                .or(() -> forHelpers.stream().findFirst())
                .or(() -> rung.stream().filter(Entry::isFree).findFirst());
    }

    private synchronized void put(Entry entry, Optional<Trial> trial) {
        trial.ifPresent(entry.outcome::complete);
        entry.thread = null;
        forgetInterruption();
        notifyAll();
    }

    /** One that came too late must not break off the next trial. */
    @SuppressWarnings("ResultOfMethodCallIgnored")
    private static void forgetInterruption() {
        Thread.interrupted();
    }

    /** Gives up what is tried: it ends at its next fold, or with the process. */
    @Override
    public synchronized void close() {
        isClosed = true;
        breakOff();
        notifyAll();
    }

    private void breakOff() {
        rung.forEach(entry -> Optional.ofNullable(entry.thread).ifPresent(Thread::interrupt));
    }
}
