package dev.foretell.worker.training.trainer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.foretell.commons.json.Json;
import dev.foretell.worker.training.job.Holdout;
import dev.foretell.worker.training.job.SparkCommand;
import dev.foretell.worker.training.job.TaskFolder;
import dev.foretell.worker.training.job.TaskMain;
import dev.foretell.worker.training.job.TaskOutput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One task from its claim to its end. Used once, by one thread. */
final class ClaimedTask {
    private static final Logger LOG = LoggerFactory.getLogger(ClaimedTask.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration FINISH = Duration.ofMinutes(3);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration GIVE_BACK = Duration.ofSeconds(5);
    private static final int OUT_OF_MEMORY = 3;

    private final TrainerConfig config;
    private final RouterCalls router;
    private final Claim claim;
    private final IntSupplier places;
    private final BooleanSupplier isStopping;
    private final TaskOutput output = new TaskOutput();
    private final CountDownLatch lost = new CountDownLatch(1);
    /** When the time of the task is over; set once its process runs. */
    private long limitNanos;

    /**
     * @param places how many trials a search may try at once, at this moment
     * @param isStopping whether the trainer stops; its threads are interrupted too
     */
    ClaimedTask(TrainerConfig config, RouterCalls router, Claim claim, IntSupplier places, BooleanSupplier isStopping) {
        this.places = places;
        this.config = config;
        this.router = router;
        this.claim = claim;
        this.isStopping = isStopping;
    }

    /** Runs the task's process and reports the outcome. A lost or cancelled task is not reported. */
    void run() throws IOException, InterruptedException {
        try (TaskFolder folder = TaskFolder.create(config.folder());
                Heartbeats heartbeats = new Heartbeats(router, config.name(), claim, output, lost::countDown)) {
            heartbeats.start();
            Outcome outcome = outcome(folder);
            if (lost.getCount() > 0) {
                finish(outcome);
            } else {
                LOG.info("Task {} is not this trainer's any more", claim.id());
            }
        } catch (InterruptedException stopped) {
            giveBack();
            throw stopped;
        }
    }

    /** The trainer stops: the next one goes on from the last checkpoint at once. Without an answer the lease decides. */
    private void giveBack() {
        ObjectNode body = Json.MAPPER.createObjectNode().put("fence", claim.fence());
        output.takeLastLines().forEach(body.putArray("log")::add);
        if (output.checkpoint() != null) {
            body.put("checkpoint", output.checkpoint());
        }
        try {
            release(body);
        } catch (InterruptedException late) {
            releaseAgain(body);
        }
    }

    private void release(ObjectNode body) throws InterruptedException {
        try {
            RouterCalls.Reply reply = router.post(path() + "/release", body, GIVE_BACK);
            LOG.info("Task {} is {}", claim.id(), reply.isOk() ? "given back" : "not given back: " + reply.detail());
        } catch (IOException away) {
            LOG.warn("Task {} could not be given back: no router answers", claim.id());
        }
    }

    /** A thread that sees by itself that the trainer stops is interrupted after that, once. */
    private void releaseAgain(ObjectNode body) {
        try {
            release(body);
        } catch (InterruptedException again) {
            Thread.currentThread().interrupt();
        }
    }

    private String path() {
        return "/v1/trainers/" + config.name() + "/tasks/" + claim.id();
    }

    private Outcome outcome(TaskFolder folder) throws InterruptedException {
        try {
            if (SparkCommand.isWanted(claim.task())
                    && config.commands().sparkHome().isEmpty()) {
                return Outcome.failure(SparkCommand.MISSING);
            }
            RouterCalls.Reply data = fetchData(folder);
            if (!data.isOk()) {
                return Outcome.failure("the task's data cannot be had: " + data.detail());
            }
            Files.write(folder.file(TaskFolder.TASK), Json.write(claim.order(places.getAsInt())));
            List<String> command =
                    SparkCommand.isWanted(claim.task()) ? config.commands().spark() : config.command();
            TaskProcess process =
                    TaskProcess.start(config.commands().priority(), command, folder.path(), claim.memoryMb(), output);
            try {
                return claim.isSearch() ? awaitSearch(process, folder) : awaitEnd(process, folder);
            } finally {
                process.kill();
            }
        } catch (IOException e) {
            LOG.warn("Task {} fails", claim.id(), e);
            return Outcome.failure("the trainer could not run the task: " + reason(e));
        }
    }

    private static String reason(IOException e) {
        return e.getMessage() == null ? e.toString() : e.getMessage();
    }

    /** Tries for three minutes, for a router may be about to start again. */
    private RouterCalls.Reply fetchData(TaskFolder folder) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + FINISH.toNanos();
        while (true) {
            RouterCalls.Reply reply = tryFetch(folder);
            requireGoingOn();
            if (reply.isOk()
                    || reply.isRefusal()
                    || System.nanoTime() - deadline > 0
                    || lost.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
                return reply;
            }
        }
    }

    /** The stream of a response swallows an interruption before Java 20 (JDK-8294047). */
    private void requireGoingOn() throws InterruptedException {
        if (isStopping.getAsBoolean()) {
            throw new InterruptedException();
        }
    }

    private RouterCalls.Reply tryFetch(TaskFolder folder) throws IOException, InterruptedException {
        try {
            return router.fetch(claim.data(), folder.file(TaskFolder.DATA));
        } catch (RouterCalls.WriteFailure full) {
            throw full;
        } catch (IOException away) {
            return RouterCalls.away();
        }
    }

    private Outcome awaitSearch(TaskProcess process, TaskFolder folder) throws IOException, InterruptedException {
        try (TrialOffers offers = TrialOffers.start(router, config.name(), claim, output, process, places)) {
            return awaitEnd(process, folder);
        }
    }

    private Outcome awaitEnd(TaskProcess process, TaskFolder folder) throws IOException, InterruptedException {
        limitNanos = System.nanoTime() + claim.time().toNanos();
        while (!process.await(POLL)) {
            if (lost.getCount() == 0) {
                return Outcome.failure("it was cancelled");
            }
            if (System.nanoTime() - limitNanos > 0) {
                return Outcome.failure(
                        "it ran longer than its limit of " + claim.time().toSeconds() + " s" + lastWords());
            }
        }
        return outcomeOf(process.exitCode(), folder);
    }

    private Outcome outcomeOf(int exitCode, TaskFolder folder) throws IOException, InterruptedException {
        if (exitCode == TaskMain.REFUSED && Files.exists(folder.file(TaskFolder.ERROR))) {
            return Outcome.failure(Files.readString(folder.file(TaskFolder.ERROR)));
        }
        if (exitCode == OUT_OF_MEMORY) {
            return Outcome.failure("it needs more memory than its limit of " + claim.memoryMb() + " MiB" + lastWords());
        }
        if (exitCode == TaskMain.NO_ROOM) {
            return Outcome.failure("its process could not write its files" + lastWords());
        }
        if (exitCode != 0 || !Files.exists(folder.file(TaskFolder.RESULT))) {
            return Outcome.failure("its process ended with exit code " + exitCode + lastWords());
        }
        JsonNode result = Json.readTree(Files.readAllBytes(folder.file(TaskFolder.RESULT)));
        return compare(new Outcome("", sendRunnersUp(result, folder), send(folder.file(TaskFolder.MODEL))), folder);
    }

    /** The result, with the digests of the models behind the best, in their order. */
    private JsonNode sendRunnersUp(JsonNode result, TaskFolder folder) throws IOException, InterruptedException {
        ArrayNode digests = Json.MAPPER.createArrayNode();
        for (int behind = 0; Files.exists(folder.file(TaskFolder.runnerUp(behind))); behind++) {
            digests.add(send(folder.file(TaskFolder.runnerUp(behind))));
        }
        ObjectNode all = result.deepCopy();
        return digests.isEmpty() ? all : all.set("runners_up", digests);
    }

    /** Has the version that serves scored on the rows that the process held out, where the order asks for that. */
    private Outcome compare(Outcome outcome, TaskFolder folder) throws IOException, InterruptedException {
        if (!Files.exists(folder.file(TaskFolder.HOLDOUT))) {
            return outcome;
        }
        Holdout holdout = Holdout.read(folder.file(TaskFolder.HOLDOUT));
        try {
            return outcome.with("comparison", new Incumbent(router, claim.model(), lost, limitNanos).compare(holdout));
        } catch (IOException e) {
            return outcome.withFailure("the model was trained, but " + e.getMessage());
        }
    }

    private String lastWords() {
        String words = output.lastWords();
        return words.isEmpty() ? "" : "; its last output:\n" + words;
    }

    /** The digest by which the router has the file. */
    private String send(Path file) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + FINISH.toNanos();
        while (true) {
            RouterCalls.Reply reply = trySend(file);
            if (reply.isOk()) {
                return reply.body().path("digest").asText();
            }
            if (reply.isRefusal() || isOver(reply, deadline) || lost.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IOException("the router does not take the model: " + reply.detail());
            }
        }
    }

    private RouterCalls.Reply trySend(Path file) throws InterruptedException {
        try {
            return router.send("/v1/task-files", file);
        } catch (IOException away) {
            return RouterCalls.away();
        }
    }

    /** A router that answers is waited for within the task's time; one that does not answer is waited for until the deadline. */
    private boolean isOver(RouterCalls.Reply reply, long deadline) {
        long now = System.nanoTime();
        return now - deadline > 0 || !reply.isAway() && now - limitNanos > 0;
    }

    /**
     * Reports the outcome. A model that the router cannot serve yet waits, for the rest of the task's time and at most three minutes;
     * then the task is reported as failed.
     */
    private void finish(Outcome outcome) throws InterruptedException {
        boolean isRefused = false;
        List<String> log = output.takeLastLines();
        long deadline = System.nanoTime() + FINISH.toNanos();
        while (lost.getCount() > 0) {
            RouterCalls.Reply reply = tryFinish(outcome, log);
            if (reply.isOfContent() && !isRefused) {
                isRefused = true;
                log = List.of();
                outcome = Outcome.failure("the router does not take its result: " + reply.detail());
                continue;
            }
            if (reply.isOk() || reply.isRefusal()) {
                LOG.info(
                        "Task {} has ended: {}",
                        claim.id(),
                        reply.isOk() ? reply.body().path("state").asText() : reply.detail());
                return;
            }
            boolean isLate = System.nanoTime() - deadline > 0;
            if (isLate && !outcome.error().isEmpty()) {
                LOG.warn("The end of task {} could not be reported to a router: {}", claim.id(), reply.detail());
                return;
            }
            if (outcome.error().isEmpty() && isOver(reply, deadline)) {
                outcome = outcome.withFailure("the model was trained, but is not served: " + reply.detail()
                        + " (the wait ended with the task's time of "
                        + claim.time().toSeconds()
                        + " s, or after 3 minutes); then retry the task");
            } else if (!reply.isAway()) {
                output.waitsFor(reply.detail());
            }
            lost.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private RouterCalls.Reply tryFinish(Outcome outcome, List<String> log) throws InterruptedException {
        try {
            return router.post(path() + "/finish", outcome.body(claim.fence(), log), PATIENCE);
        } catch (IOException away) {
            return RouterCalls.away();
        }
    }
}
