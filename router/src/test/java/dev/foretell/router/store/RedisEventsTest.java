package dev.foretell.router.store;

import static dev.foretell.router.store.OpenStore.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.foretell.router.events.Event;
import dev.foretell.router.events.EventId;
import dev.foretell.router.events.EventKind;
import dev.foretell.router.events.EventLog;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Events in Redis, and the log above them. */
class RedisEventsTest {
    @RegisterExtension
    static final OpenStore OPEN = new OpenStore();

    private final EventLog.Store events = OPEN.store().events();

    private static Event event(String what) {
        return Event.of(EventKind.WORKER, Instant.EPOCH, what, new Event.Change("ready", "dowñ"));
    }

    private static List<String> words(List<Event> events) {
        return events.stream().map(Event::what).toList();
    }

    @Test
    void theyComeBackInOrderFromBothEnds() {
        await(events.append(1, List.of(event("a"), event("b"), event("c"))));

        List<Event> newest = await(events.before("", 2));
        List<Event> all = await(events.after("0-0", 10));

        assertThat(words(newest)).containsExactly("c", "b");
        assertThat(words(all)).containsExactly("a", "b", "c");
        assertThat(all.get(0))
                .isEqualTo(event("a").withId(String.valueOf(all.get(0).id())));
        assertThat(words(await(events.before(String.valueOf(newest.get(1).id()), 10))))
                .containsExactly("a");
        assertThat(words(await(events.after(String.valueOf(all.get(1).id()), 10))))
                .containsExactly("c");
        assertThat(await(events.before("0-00", 10))).isEmpty();
    }

    @Test
    void aRepeatedListIsAppendedOnce() {
        await(events.append(5, List.of(event("once"))));
        await(events.append(5, List.of(event("once"))));
        await(events.append(6, List.of(event("then"))));

        assertThat(words(await(events.after("0-0", 10)))).containsExactly("once", "then");
    }

    @Test
    void theOldestMakeRoom() {
        for (int i = 1; i <= 130; i++) {
            int number = i;
            await(events.append(
                    number,
                    IntStream.range(0, 100)
                            .mapToObj(j -> event(number + "/" + j))
                            .toList()));
        }

        int kept = 0;
        String from = "0-0";
        for (List<Event> page = await(events.after(from, 1000));
                !page.isEmpty();
                page = await(events.after(from, 1000))) {
            kept += page.size();
            from = String.valueOf(page.get(page.size() - 1).id());
        }
        assertThat(kept).isBetween(10_000, 10_200);
    }

    @Test
    void aReaderOfAStreamThatWasLostBeginsAnew() {
        await(events.append(1, List.of(event("new"))));

        assertThat(words(await(events.after("99999999999999-0", 10)))).containsExactly("new");
    }

    @Test
    void whatIsNoEventIsNamedAsSuchAndSkipped() {
        await(events.append(1, List.of(event("before"))));
        for (String text : List.of("{}", "{\"what\":\"a\"}", "[1]", "null", "x", "[".repeat(5000))) {
            OPEN.byHand("XADD {foretell}:events * event '" + text + "'");
        }
        OPEN.byHand(
                "EVAL \"return redis.call('XADD',KEYS[1],'*','event',string.rep('y',1000000))\" 1 {foretell}:events");
        OPEN.byHand("XADD {foretell}:events * other field");
        await(events.append(2, List.of(event("after"))));

        List<Event> all = await(events.after("0-0", 100));

        assertThat(words(all)).startsWith("before").endsWith("after").hasSize(10);
        assertThat(words(all.subList(1, 9))).containsOnly("an event that this router cannot read");
        assertThat(all).allMatch(event -> !event.mentions("nowhere"));
    }

    @Test
    void anIdMayBeAsLargeAsTheStoreTakes() {
        OPEN.byHand("XADD {foretell}:events 18446744073709551615-0 event x");

        List<Event> all = await(events.before("", 10));

        String id = String.valueOf(all.get(0).id());
        assertThat(EventId.isId(id)).isTrue();
        assertThat(EventId.compare(id, "99999999999999-0")).isPositive();
        assertThat(await(events.after(id, 10))).isEmpty();
    }

    @Test
    void anEventIsOnOneLineAndHasNoControls() {
        await(events.append(1, List.of(event("a\r\nb \u001b[31mc\u2028d\u202ee"))));

        assertThat(words(await(events.after("0-0", 10)))).containsExactly("a b  [31mc d e");
    }

    @Test
    void halfACharacterIsNoReasonToLoseAnEvent() {
        String cut = "x".repeat(399) + "😀";

        await(events.append(1, List.of(event(cut), event("half: \ud83d"))));

        assertThat(words(await(events.after("0-0", 10)))).containsExactly("x".repeat(399) + "?…", "half: ?");
    }

    @Test
    void twoRoutersSeeEachOthersEventsOnce() {
        EventLog here = new EventLog(events);
        EventLog there = new EventLog(OPEN.openAnother().events());
        List<String> heard = new ArrayList<>();
        await(here.exchange());
        here.onEvents((from, fresh) -> heard.addAll(words(fresh)));

        there.record(event("from there"));
        await(there.exchange());
        here.record(event("from here"));
        await(here.exchange());
        await(here.exchange());

        assertThat(heard).containsExactly("from there", "from here");
        assertThat(words(here.known())).containsExactly("from here", "from there");
    }
}
