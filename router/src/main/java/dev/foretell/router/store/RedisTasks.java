package dev.foretell.router.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.json.Json;
import dev.foretell.commons.training.EngineName;
import dev.foretell.router.store.connection.Keys;
import dev.foretell.router.store.connection.RedisConnection;
import dev.foretell.router.store.hash.Unreadable;
import dev.foretell.router.tasks.Task;
import dev.foretell.router.tasks.TaskPage;
import dev.foretell.router.tasks.TaskReport;
import dev.foretell.router.tasks.TaskState;
import dev.foretell.router.tasks.TaskStore;
import dev.foretell.router.tasks.TaskSummary;
import dev.foretell.router.tasks.TasksConfig;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.redisson.client.codec.StringCodec;

/** Tasks in Redis: their documents in a hash, {@link RedisTaskQueue} beside it; {@link TaskScripts} are its steps. Thread-safe. */
final class RedisTasks implements TaskStore {
    private static final int AT_ONCE = 100;
    /** A reader of many long tasks costs neither Redis nor the router more than this at once. */
    private static final int MAX_PAGE_BYTES = 256 * 1024;

    private static final ObjectReader READER =
            Json.MAPPER.readerFor(Task.class).without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private final RedisConnection redis;
    private final Map<EngineName, RedisTaskQueue> queues = new EnumMap<>(EngineName.class);
    private final TaskKeys keys;
    private final Unreadable unreadable;

    RedisTasks(RedisConnection redis, Keys names) {
        this.redis = redis;
        this.keys = new TaskKeys(names);
        for (EngineName engine : EngineName.values()) {
            queues.put(engine, new RedisTaskQueue(redis, engine, keys.queue(engine)));
        }
        this.unreadable = new Unreadable(keys.documents());
    }

    /** The number of a state in the scripts. */
    private static int number(TaskState state) {
        return state.ordinal() + 1;
    }

    /** The number of an engine in the scripts. */
    private static int number(EngineName engine) {
        return engine.ordinal() + 1;
    }

    private static EngineName engine(String number) {
        return EngineName.values()[Integer.parseInt(number) - 1];
    }

    private RedisTaskQueue queue(EngineName engine) {
        return Objects.requireNonNull(queues.get(engine));
    }

    @Override
    public Future<TaskSummary> open() {
        return redis.<List<String>>write(TaskScripts.OPEN, keys.all()).map(RedisTasks::summary);
    }

    private static TaskSummary summary(List<String> counts) {
        Map<TaskState, Long> now = new EnumMap<>(TaskState.class);
        Map<TaskState, Long> ended = new EnumMap<>(TaskState.class);
        int states = TaskState.values().length;
        for (TaskState state : TaskState.values()) {
            now.put(state, Long.valueOf(counts.get(state.ordinal())));
            if (state.isFinal()) {
                ended.put(state, Long.valueOf(counts.get(states + state.ordinal())));
            }
        }
        String oldest = counts.get(2 * states);
        return new TaskSummary(now, ended, oldest.isEmpty() ? 0 : Long.parseLong(oldest.substring(0, 9), 32));
    }

    private static String document(Task task) {
        return task.revision() + " " + Json.writeText(task);
    }

    private Optional<Task> read(@Nullable String document) {
        return document == null
                ? Optional.empty()
                : unreadable.read("a task", () -> {
                    try {
                        return READER.readValue(document.substring(document.indexOf(' ') + 1));
                    } catch (JsonProcessingException e) {
                        throw new IllegalArgumentException("not a task", e);
                    }
                });
    }

    @Override
    public Future<Optional<Task>> find(String id) {
        return redis.<String>read(redisson -> redisson.<String, String>getMap(keys.documents(), StringCodec.INSTANCE)
                        .getAsync(id))
                .map(this::read);
    }

    @Override
    public Future<TaskPage> list(@Nullable TaskState state, String after, int limit) {
        String ids = state == null ? keys.ids() : keys.inState(state);
        return redis.<List<String>>read(TaskScripts.LIST, List.of(keys.documents(), ids), after, limit, MAX_PAGE_BYTES)
                .map(this::page);
    }

    private TaskPage page(List<String> nextAndDocuments) {
        List<Task> tasks = nextAndDocuments.stream()
                .skip(1)
                .flatMap(document -> read(document).stream())
                .toList();
        return new TaskPage(tasks, nextAndDocuments.get(0));
    }

    @Override
    public Future<String> create(Task task, int maxQueued) {
        return redis.<List<String>>write(
                        TaskScripts.CREATE,
                        keys.all(),
                        task.id(),
                        document(task),
                        task.origin().key(),
                        maxQueued,
                        keys.channel(),
                        number(task.order().engine()))
                .map(there -> {
                    if (there.isEmpty()) {
                        throw full(maxQueued);
                    }
                    return there.get(0);
                });
    }

    private static ServingException full(int maxQueued) {
        return new ServingException(
                FailureKind.QUEUE_FULL, maxQueued + " tasks wait already, as many as tasks.max-queued lets");
    }

    @Override
    public Future<Boolean> commit(Task before, Task after, TaskReport report, TasksConfig limits) {
        List<Object> arguments = new ArrayList<>(List.of(
                after.id(),
                before.revision(),
                document(after),
                number(before.state()),
                number(after.state()),
                limits.maxQueued(),
                after.times().finished(),
                limits.retention().keep().toMillis(),
                keys.channel(),
                Objects.requireNonNullElse(report.checkpoint(), ""),
                limits.retention().logLines(),
                String.valueOf(after.isGivenBackBy(before)),
                number(after.order().engine()),
                after.run().trainer(),
                limits.leases().lease().toMillis()));
        arguments.addAll(report.log());
        return redis.<Long>write(TaskScripts.COMMIT, keys.allWithLog(after.id()), arguments.toArray())
                .map(done -> {
                    if (done < 0) {
                        throw full(limits.maxQueued());
                    }
                    return done == 1;
                });
    }

    @Override
    public Future<List<Place>> listLost(Set<EngineName> engines) {
        return inOrder(engines, RedisTaskQueue::listLost);
    }

    /** The places in several queues, the oldest first. */
    private Future<List<Place>> inOrder(Set<EngineName> engines, Function<RedisTaskQueue, Future<List<Place>>> read) {
        return Future.all(engines.stream()
                        .map(engine -> read.apply(queue(engine)))
                        .toList())
                .map(all -> all.<List<Place>>list().stream()
                        .flatMap(List::stream)
                        .sorted(Comparator.comparingLong(RedisTasks::enteredMs))
                        .toList());
    }

    /** The first part of an entry's id. */
    private static long enteredMs(Place place) {
        return Long.parseLong(place.entry().substring(0, place.entry().indexOf('-')));
    }

    @Override
    public Future<Optional<Place>> next(Set<EngineName> engines) {
        return redis.<List<String>>write(
                        TaskScripts.NEXT,
                        keys.all(),
                        engines.stream().map(RedisTasks::number).toArray())
                .map(next -> next.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new Place(engine(next.get(0)), next.get(1), next.get(2))));
    }

    @Override
    public Future<Void> discard(Place place) {
        return queue(place.queue()).discard(place);
    }

    @Override
    public Future<Long> time() {
        return redis.write(TaskScripts.TIME, keys.all());
    }

    @Override
    public Future<Void> renewLeases() {
        return redis.<Long>write(TaskScripts.RENEW, keys.all()).mapEmpty();
    }

    @Override
    public Future<List<Place>> takeSilent(Duration lease) {
        return inOrder(queues.keySet(), queue -> queue.takeSilent(lease));
    }

    @Override
    public Future<Void> hear(String trainer, Set<EngineName> engines, Duration time) {
        List<Object> arguments = new ArrayList<>(List.of(trainer, time.toMillis()));
        for (EngineName engine : EngineName.values()) {
            arguments.add(engines.contains(engine) ? 1 : 0);
        }
        return redis.<Long>write(TaskScripts.HEAR, keys.all(), arguments.toArray())
                .mapEmpty();
    }

    @Override
    public Future<Set<EngineName>> engines() {
        return redis.<List<String>>read(TaskScripts.ENGINES, keys.all())
                .map(numbers -> numbers.stream().map(RedisTasks::engine).collect(Collectors.toUnmodifiableSet()));
    }

    @Override
    public Future<Void> delete(Task task) {
        return redis.<Long>write(
                        TaskScripts.DELETE,
                        keys.allWithLog(task.id()),
                        task.id(),
                        task.revision(),
                        task.origin().key(),
                        keys.channel())
                .compose(done -> done == 1
                        ? Future.succeededFuture()
                        : Future.failedFuture(
                                new ServingException(FailureKind.CONFLICT, "task " + task.id() + " has just changed")));
    }

    @Override
    public Future<List<String>> listOutdated(long endedBeforeMs, int maxKept) {
        return redis.read(TaskScripts.OUTDATED, List.of(keys.ended()), endedBeforeMs, maxKept, AT_ONCE);
    }

    @Override
    public Future<List<String>> log(String id) {
        return redis.read(redisson ->
                redisson.<String>getList(keys.log(id), StringCodec.INSTANCE).readAllAsync());
    }

    @Override
    public Future<Optional<String>> checkpoint(String id) {
        return redis.<String>read(redisson -> redisson.<String, String>getMap(keys.checkpoints(), StringCodec.INSTANCE)
                        .getAsync(id))
                .map(Optional::ofNullable);
    }

    @Override
    public void listen(Consumer<String> listener) {
        redis.subscribe(keys.channel(), listener);
    }
}
