package dev.foretell.router.discovery;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.core.shareddata.Shareable;
import io.vertx.servicediscovery.Record;
import io.vertx.servicediscovery.spi.ServiceDiscoveryBackend;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The backend of Vert.x Service Discovery, which keeps its records in the state store. Vert.x creates the backend
 * itself, so it finds its {@link Records} in the local shared data of the Vert.x instance. The registration id of a
 * record is the id in its metadata, so publishing a worker twice, even from two routers, leaves one record.
 */
public final class RecordsBackend implements ServiceDiscoveryBackend {
    private static final Logger LOG = LoggerFactory.getLogger(RecordsBackend.class);

    static final String NAME = "foretell-records";
    static final String ID = "id";
    private static final String SHARED = "foretell.discovery";

    /** Carries the records through the shared data of Vert.x. */
    private record Holder(Records records) implements Shareable {}

    private @Nullable Records records;
    private volatile boolean saidUnreadable;

    /** Makes the records available to the backends of this Vert.x instance. */
    static void provide(Vertx vertx, Records records) {
        vertx.sharedData().<String, Holder>getLocalMap(SHARED).put(NAME, new Holder(records));
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void init(Vertx vertx, JsonObject config) {
        Holder holder = vertx.sharedData().<String, Holder>getLocalMap(SHARED).get(NAME);
        records = Objects.requireNonNull(holder).records();
    }

    private Records records() {
        return Objects.requireNonNull(records, "used before init");
    }

    @Override
    public void store(Record record, Handler<AsyncResult<Record>> done) {
        record.setRegistration(record.getMetadata().getString(ID));
        put(record).map(record).onComplete(done::handle);
    }

    private Future<Void> put(Record record) {
        return Future.succeededFuture(record)
                .map(RecordsBackend::text)
                .compose(text -> records().put(record.getRegistration(), text));
    }

    /** The stored text of a record, after a check that it can be read back unchanged. */
    private static String text(Record record) {
        String text = record.toJson().encode();
        if (!parse(text).toJson().encode().equals(text)) {
            throw new IllegalArgumentException("the record of " + record.getRegistration() + " could not be read back");
        }
        return text;
    }

    @Override
    public void remove(Record record, Handler<AsyncResult<Record>> done) {
        remove(record.getRegistration(), done);
    }

    @Override
    public void remove(String id, Handler<AsyncResult<Record>> done) {
        records()
                .remove(id)
                .compose(json -> json.map(RecordsBackend::parse)
                        .map(Future::succeededFuture)
                        .orElseGet(() -> Future.failedFuture("no record " + id)))
                .onComplete(done::handle);
    }

    @Override
    public void update(Record record, Handler<AsyncResult<Void>> done) {
        put(record).onComplete(done::handle);
    }

    @Override
    public void getRecords(Handler<AsyncResult<List<Record>>> done) {
        records()
                .all()
                .map(all -> all.stream().flatMap(this::readable).toList())
                .onComplete(done::handle);
    }

    @Override
    public void getRecord(String id, Handler<AsyncResult<Record>> done) {
        records()
                .get(id)
                .map(json -> json.map(RecordsBackend::parse).orElse(null))
                .onComplete(done::handle);
    }

    /** A record that was damaged by hand does not hide the others. */
    private Stream<Record> readable(String json) {
        try {
            return Stream.of(parse(json));
        } catch (DecodeException | ClassCastException | IllegalArgumentException e) {
            if (!saidUnreadable) {
                saidUnreadable = true;
                LOG.warn("A discovery record in Redis cannot be read and is ignored: {}", e.getMessage());
            }
            return Stream.empty();
        }
    }

    private static Record parse(String json) {
        return new Record(new JsonObject(json));
    }
}
