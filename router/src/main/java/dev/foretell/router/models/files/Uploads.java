package dev.foretell.router.models.files;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.identity.ModelKey;
import dev.foretell.commons.identity.Names;
import dev.foretell.commons.identity.NearestNames;
import dev.foretell.commons.identity.WorkerId;
import dev.foretell.commons.wire.Hosting;
import dev.foretell.commons.wire.WorkerEntry;
import dev.foretell.router.models.HostMemory;
import dev.foretell.router.models.ModelRegistry;
import dev.foretell.router.models.ModelVersion;
import dev.foretell.router.models.Models;
import dev.foretell.router.models.ModelsConfig;
import dev.foretell.router.models.RegisteredModel;
import dev.foretell.router.predict.PredictService;
import dev.foretell.router.routing.RoutingTables;
import dev.foretell.router.upstream.pool.EndpointPools;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The steps of an upload: a model file is received, inspected by a host, kept, and registered. A failed upload leaves
 * nothing behind. Thread-safe.
 */
public final class Uploads {
    private static final Logger LOG = LoggerFactory.getLogger(Uploads.class);
    /** In a version's provenance, the task that trained it; each has one version of a model at most of each {@link #RANK}. */
    public static final String TASK = "task";
    /** In a version's provenance, its place among those of its task; absent for the best. */
    public static final String RANK = "rank";

    private static final ModelKey HOSTS = new ModelKey(Hosting.TYPE, Hosting.ONNX);

    private final ModelRegistry registry;
    private final FileStorage storage;
    private final ModelFiles files;
    private final RoutingTables tables;
    private final ModelsConfig config;
    private final Supplier<HostMemory> memory;
    private final Clock clock;

    /**
     * The caller's parameters of an upload.
     *
     * @param type the model type; null for the one it has, or the configured one
     * @param description of the model; null to leave it as it is
     * @param labels of the model; null to leave them as they are
     * @param sample JSON that the version is warmed up with, if it takes it; null for what the host finds
     * @param sha256 what the file's digest must be; null for any
     * @param provenance where the file comes from
     */
    public record Wish(
            @Nullable String type,
            @Nullable String description,
            @Nullable Map<String, String> labels,
            @Nullable String sample,
            @Nullable String sha256,
            Map<String, String> provenance) {}

    /** The model after an upload, and its new version. */
    public record Uploaded(RegisteredModel model, ModelVersion version) {}

    public Uploads(
            ModelRegistry registry,
            FileStorage storage,
            RoutingTables tables,
            ModelsConfig config,
            EndpointPools pools,
            Clock clock) {
        this.registry = registry;
        this.storage = storage;
        this.files = storage.files();
        this.tables = tables;
        this.config = config;
        this.memory = () -> HostMemory.of(pools);
        this.clock = clock;
    }

    /**
     * Makes a file the next version of a model; the first version gets its calls at once.
     *
     * @param body paused
     * @param wish called once the file has arrived, because a form may contain the parameters after the file
     * @return fails like {@link ModelFiles#receive} and {@link HostInspector#inspect}, or with {@link
     *     FailureKind#INVALID_INPUT}, {@link FailureKind#CONFLICT} or {@link FailureKind#STATE_STORE_UNAVAILABLE}
     */
    public Future<Uploaded> upload(String name, ReadStream<Buffer> body, Supplier<Wish> wish, PredictService answers) {
        Future<Models> leave =
                Future.succeededFuture(name).map(this::requireReady).compose(ready -> registry.reconcile());
        return files.receive(body, leave)
                .compose(arrival -> Future.succeededFuture(wish)
                        .map(Supplier::get)
                        .compose(given -> register(name, given, arrival, answers))
                        .transform(done -> tidy(arrival, done)));
    }

    private String requireReady(String name) {
        requireName(name);
        storage.folder().requireShared();
        if (!tables.current().models().containsKey(HOSTS)) {
            throw HostInspector.noHost();
        }
        return name;
    }

    /** Deletes what was not registered. If it is not known whether it was, a sweep decides a day later. */
    private Future<Uploaded> tidy(ModelFiles.Arrival arrival, AsyncResult<Uploaded> done) {
        if (done.cause() instanceof ServingException serving && serving.kind() == FailureKind.STATE_STORE_UNAVAILABLE) {
            return Future.failedFuture(serving);
        }
        return arrival.close()
                .transform(closed -> done.succeeded()
                        ? Future.succeededFuture(done.result())
                        : forget(arrival.digest()).transform(gone -> Future.failedFuture(done.cause())));
    }

    /** @throws ServingException {@link FailureKind#INVALID_INPUT} if the name is not allowed */
    public static void requireName(String name) {
        if (!Names.isValid(name) || name.contains("..") || name.endsWith(".onnx")) {
            throw new ServingException(
                    FailureKind.INVALID_INPUT,
                    "the model's name '" + NearestNames.abbreviate(name) + "' must be " + Names.RULE
                            + ", without '..', and not end in .onnx");
        }
    }

    private Future<Uploaded> register(String name, Wish wish, ModelFiles.Arrival arrival, PredictService answers) {
        if (arrival.bytes() == 0) {
            throw new ServingException(FailureKind.INVALID_INPUT, "the file is empty");
        }
        if (wish.sha256() != null && !wish.sha256().equalsIgnoreCase(arrival.digest())) {
            throw new ServingException(
                    FailureKind.INVALID_INPUT,
                    "the file's SHA-256 is " + arrival.digest() + ", not the announced "
                            + NearestNames.abbreviate(wish.sha256()));
        }
        return HostInspector.inspect(answers, arrival.digest(), wish.sample())
                .map(this::requireRoom)
                .compose(found -> arrival.keep().map(found))
                .compose(found -> commit(name, wish, arrival, found));
    }

    /** The result of any host counts, because the version is placed where it fits. */
    private Inspection requireRoom(Inspection found) {
        List<WorkerId> hosts = Optional.ofNullable(tables.current().models().get(HOSTS)).stream()
                .flatMap(all -> all.workers().stream())
                .map(WorkerEntry::id)
                .toList();
        memory.get().most(hosts).ifPresent(most -> {
            if (found.memory() > most) {
                throw new ServingException(
                        FailureKind.INVALID_INPUT,
                        "the model needs about " + mebibytes(found.memory()) + " of memory, and no host has more than "
                                + mebibytes(most) + " for models; start one with more: foretell host --memory SIZE");
            }
        });
        return found;
    }

    private static String mebibytes(long bytes) {
        return (bytes >> 20) + " MiB";
    }

    private Future<Uploaded> commit(String name, Wish wish, ModelFiles.Arrival arrival, Inspection found) {
        AtomicReference<ModelVersion> added = new AtomicReference<>();
        return registry.update(name, before -> {
                    Optional<ModelVersion> same = before.flatMap(model -> versionOfSameTask(model, wish));
                    if (same.isPresent()) {
                        added.set(same.get());
                        return before;
                    }
                    RegisteredModel model = describe(base(name, wish, before), wish);
                    ModelVersion version = version(model.history().nextVersion(), wish, arrival, found);
                    added.set(version);
                    return Optional.of(model.plus(version));
                })
                .compose(models ->
                        keep(arrival, Objects.requireNonNull(added.get())).map(models))
                .map(models -> new Uploaded(models.find(name).orElseThrow(), Objects.requireNonNull(added.get())));
    }

    /** Another try of the same task may have come to another file. */
    private static Future<Void> keep(ModelFiles.Arrival arrival, ModelVersion version) {
        return version.digest().equals(arrival.digest()) ? arrival.keep() : Future.succeededFuture();
    }

    private static Optional<ModelVersion> versionOfSameTask(RegisteredModel model, Wish wish) {
        String task = wish.provenance().get(TASK);
        return model.versions().values().stream()
                .filter(version -> task != null
                        && task.equals(version.origin().provenance().get(TASK))
                        && Objects.equals(
                                wish.provenance().get(RANK),
                                version.origin().provenance().get(RANK)))
                .findFirst();
    }

    private RegisteredModel base(String name, Wish wish, Optional<RegisteredModel> before) {
        String type = wish.type() != null
                ? wish.type()
                : before.map(RegisteredModel::type).orElse(config.type());
        if (before.isPresent() && !before.get().type().equals(type)) {
            throw new ServingException(
                    FailureKind.CONFLICT,
                    "model '" + name + "' is of type " + before.get().type() + ", not "
                            + NearestNames.abbreviate(type));
        }
        if (!Names.isValid(type) || type.equals(Hosting.TYPE)) {
            throw new ServingException(FailureKind.INVALID_INPUT, "type must be a name like AI, and not 'hosts'");
        }
        if (before.isEmpty()) {
            requireNoFunction(type, name);
        }
        return before.orElseGet(() -> RegisteredModel.fresh(type, name, config.replicas()));
    }

    /**
     * Refuses a name for a model of the configured type that would be refused once its file is there.
     *
     * @throws ServingException {@link FailureKind#CONFLICT} if a function or an ensemble has the name
     */
    public void requireFree(String name) {
        if (registry.current().find(name).isEmpty()) {
            requireNoFunction(config.type(), name);
            registry.requireFree(new ModelKey(config.type(), name));
        }
    }

    /** The type of a model, or the one that a new model of the name gets. */
    public String typeOf(String name) {
        return registry.current().find(name).map(RegisteredModel::type).orElse(config.type());
    }

    private void requireNoFunction(String type, String name) {
        if (tables.current().models().containsKey(new ModelKey(type, name))) {
            throw new ServingException(
                    FailureKind.CONFLICT,
                    "workers serve a function as model '" + name + "' of type " + type
                            + ": choose another name or type for the model file");
        }
    }

    private static RegisteredModel describe(RegisteredModel model, Wish wish) {
        RegisteredModel described = wish.description() == null ? model : model.withDescription(wish.description());
        return wish.labels() == null ? described : described.withLabels(wish.labels());
    }

    private ModelVersion version(int number, Wish wish, ModelFiles.Arrival arrival, Inspection found) {
        String foundSample = found.sample() == null || found.sample().isNull()
                ? null
                : found.sample().toString();
        return new ModelVersion(
                number,
                new ModelVersion.File(arrival.digest(), arrival.bytes(), found.runtime()),
                new ModelVersion.Contents(
                        found.inputs(), found.outputs(), found.metadata() == null ? Map.of() : found.metadata()),
                wish.sample() == null ? foundSample : wish.sample(),
                new ModelVersion.Origin(wish.provenance(), clock.millis()),
                found.memory());
    }

    /** Removes a version that serves no calls; otherwise {@link FailureKind#CONFLICT}. */
    public Future<RegisteredModel> removeVersion(String name, int number) {
        AtomicReference<ModelVersion> removed = new AtomicReference<>();
        return registry.update(name, before -> {
                    RegisteredModel model = before.orElseThrow(() -> unknown(name));
                    removed.set(model.require(number));
                    return Optional.of(model.minus(number));
                })
                .compose(models -> forget(Objects.requireNonNull(removed.get()).digest())
                        .map(models.find(name).orElseThrow(() -> unknown(name))));
    }

    /**
     * Removes a version though it may have calls: another one gets them. The last version goes with its model. A version that is not
     * there is harmless.
     *
     * @param heir number of the version that gets the calls; if it is not there, the newest one does
     */
    public Future<Void> withdraw(String name, int number, int heir) {
        AtomicReference<@Nullable ModelVersion> removed = new AtomicReference<>();
        return registry.update(name, before -> {
                    removed.set(
                            before.map(model -> model.versions().get(number)).orElse(null));
                    return removed.get() == null ? before : before.flatMap(model -> model.without(number, heir));
                })
                .compose(models -> {
                    ModelVersion version = removed.get();
                    return version == null ? Future.succeededFuture() : forget(version.digest());
                });
    }

    /**
     * Removes a model with all its versions.
     *
     * @param force whether to remove a model that gets calls or is a member of an ensemble; otherwise {@link FailureKind#CONFLICT}
     */
    public Future<Void> remove(String name, boolean force) {
        if (force && registry.current().unreadable().contains(name)) {
            return registry.removeUnreadable(name).mapEmpty();
        }
        AtomicReference<RegisteredModel> removed = new AtomicReference<>();
        return registry.update(name, before -> {
                    RegisteredModel model = before.orElseThrow(() -> unknown(name));
                    if (!force) {
                        requireUnused(model);
                    }
                    removed.set(model);
                    return Optional.empty();
                })
                .compose(models -> Future.join(Objects.requireNonNull(removed.get()).versions().values().stream()
                                .map(version -> forget(version.digest()))
                                .toList())
                        .mapEmpty());
    }

    private void requireUnused(RegisteredModel model) {
        List<String> members = registry.users(model);
        boolean hasCalls = !model.traffic().weights().isEmpty();
        if (hasCalls || !members.isEmpty()) {
            throw new ServingException(
                    FailureKind.CONFLICT,
                    "model '" + model.name() + "' "
                            + (hasCalls ? "gets calls" : "")
                            + (hasCalls && !members.isEmpty() ? " and " : "")
                            + (members.isEmpty() ? "" : "is a member of " + String.join(", ", members))
                            + ": " + (hasCalls ? "stop its traffic" : "take it out there")
                            + " first, or force the deletion (--force, or ?force=true)");
        }
    }

    /** Deletes a file if neither a version nor an upload in progress refers to it; keeps it if that is unknown. */
    private Future<Void> forget(String digest) {
        return files.isArriving(digest)
                .compose(arriving -> arriving
                        ? Future.succeededFuture(true)
                        : registry.reconcile().map(models -> models.uses(digest)))
                .compose(used -> used
                        ? Future.<Void>succeededFuture()
                        : files.remove(digest)
                                .onSuccess(gone -> storage.onForgotten().accept(digest)))
                .onFailure(failure -> LOG.warn(
                        "Could not find out whether model file {} is still used, or could not remove it",
                        digest,
                        failure))
                .otherwiseEmpty();
    }

    public static ServingException unknown(String name) {
        return new ServingException(FailureKind.MODEL_NOT_FOUND, "no registered model '" + name + "'");
    }
}
