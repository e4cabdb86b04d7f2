package dev.foretell.router.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.foretell.commons.json.Json;
import dev.foretell.router.store.connection.Keys;
import dev.foretell.router.store.connection.RedisConnection;
import dev.foretell.router.store.hash.Unreadable;
import dev.foretell.router.tasks.help.SearchHelp;
import dev.foretell.router.tasks.help.SearchOffer;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.redisson.client.codec.StringCodec;

/** What running searches offer to helpers, in Redis: a hash beside the tasks; an offer goes with its trainer's claim. Thread-safe. */
final class RedisOffers implements SearchHelp.Store {
    private static final ObjectReader READER =
            Json.MAPPER.readerFor(SearchOffer.class).without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private final RedisConnection redis;
    private final TaskKeys keys;
    private final Unreadable unreadable;

    RedisOffers(RedisConnection redis, Keys names) {
        this.redis = redis;
        this.keys = new TaskKeys(names);
        this.unreadable = new Unreadable(keys.offers());
    }

    @Override
    public Future<Optional<SearchOffer>> findOffer(String task) {
        return redis.<String>read(redisson -> redisson.<String, String>getMap(keys.offers(), StringCodec.INSTANCE)
                        .getAsync(task))
                .map(this::read);
    }

    private Optional<SearchOffer> read(@Nullable String document) {
        return document == null
                ? Optional.empty()
                : unreadable.read("an offer", () -> {
                    try {
                        return READER.readValue(document.substring(document.indexOf(' ') + 1));
                    } catch (JsonProcessingException e) {
                        throw new IllegalArgumentException("not an offer", e);
                    }
                });
    }

    @Override
    public Future<Step> commit(Optional<SearchOffer> before, SearchOffer after, long open) {
        return redis.<Long>write(
                        TaskScripts.OFFER,
                        keys.all(),
                        after.task(),
                        before.map(SearchOffer::version).orElse(""),
                        after.version() + " " + Json.writeText(after),
                        open,
                        after.places())
                .map(done -> done < 0 ? Step.ENDED : done == 1 ? Step.DONE : Step.OVERTAKEN);
    }

    @Override
    public Future<List<String>> listOpen(int most) {
        return redis.<Collection<String>>read(
                        redisson -> redisson.<String>getScoredSortedSet(keys.helpable(), StringCodec.INSTANCE)
                                .valueRangeAsync(0, most - 1))
                .map(ArrayList::new);
    }
}
