package dev.foretell.router.ensemble.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.router.ensemble.merge.MergeRule;
import dev.foretell.router.upstream.call.Response;
import dev.foretell.router.upstream.call.ResponseMemory;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a call of an ensemble keeps of its members' responses is taken from the memory for responses before it is there. */
class MergeMemoryTest {
    private static final int ELEMENTS = 10_000;

    private final ResponseMemory all = new ResponseMemory(10_000_000);

    /** A member's response. */
    private record Said(String json) implements Response {
        @Override
        public int status() {
            return 200;
        }

        @Override
        public MultiMap headers() {
            return MultiMap.caseInsensitiveMultiMap();
        }

        @Override
        public Buffer body() {
            return Buffer.buffer(json);
        }
    }

    private static Said arrayOf(String element) {
        return new Said("[" + String.join(",", Collections.nCopies(ELEMENTS, element)) + "]");
    }

    private static JsonNode read(Response response, MergeMemory memory, boolean isExact) {
        return new MemberResponse(MergeRule.ALL, memory, isExact).read(response, null);
    }

    /** The objects that each element becomes, by the layout of a JVM with compressed references, and its place in the list. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}         | true  | 84   | an ObjectNode of 24 bytes and a map of 56
            {"a":true} | true  | 204  | with a table of 80 bytes and an entry of 40
            []         | true  | 52   | an ArrayNode of 24 bytes and a list of 24
            [[]]       | true  | 156  | with its ten places
            1.5        | false | 28   | a DoubleNode of 24 bytes
            1.5        | true  | 60   | a DecimalNode of 16 bytes and a BigDecimal of 40
            123456     | true  | 20   | an IntNode of 16 bytes
            "ab"       | true  | 68   | a TextNode of 16 bytes, a String of 24 and its array of 24
            """)
    void treesAreTakenAtNoLessThanTheirSize(String element, boolean isExact, int bytes, String why) {
        MergeMemory memory = new MergeMemory(all);

        JsonNode tree = read(arrayOf(element), memory, isExact);

        assertThat(tree).hasSize(ELEMENTS);
        assertThat(all.bytesInUse()).as(why).isBetween((long) bytes * ELEMENTS, 3L * bytes * ELEMENTS);
        memory.close();
        assertThat(all.bytesInUse()).isZero();
    }

    @Test
    void aTreeThatDoesNotFitNextToThoseOfOtherCallsIsRefusedBeforeItIsBuilt() {
        MergeMemory other = new MergeMemory(all);
        other.take(9_500_000);
        MergeMemory memory = new MergeMemory(all);

        assertThatThrownBy(() -> read(arrayOf("{}"), memory, true))
                .isInstanceOfSatisfying(
                        ServingException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.SHED));

        assertThat(memory.refusal()).isNotNull();
        memory.close();
        assertThat(all.bytesInUse()).isEqualTo(9_500_000);
    }

    @Test
    void whatOneCallNeedsMoreThanThereIsDoesNotAskToCallAgain() {
        MergeMemory memory = new MergeMemory(all);

        assertThatThrownBy(() -> {
                    for (int i = 0; i < 20; i++) {
                        read(arrayOf("{}"), memory, true);
                    }
                })
                .isInstanceOfSatisfying(
                        ServingException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.QUORUM_MISSED));

        memory.close();
        assertThat(all.bytesInUse()).isZero();
    }

    @Test
    void theMergedTreeAndItsTextAreTakenToo() {
        MergeMemory memory = new MergeMemory(all);
        JsonNode tree = read(arrayOf("1.5"), memory, false);
        long ofTree = all.bytesInUse();

        memory.takeMerged(2);
        assertThat(all.bytesInUse()).isEqualTo(3 * ofTree);
        Buffer text = MergedText.of(tree, memory);
        assertThat(all.bytesInUse()).isEqualTo(3 * ofTree + 2L * text.length());

        memory.close();
        assertThat(all.bytesInUse()).isZero();
    }

    @Test
    void aTextThatDoesNotFitIsRefusedAtAnyDepth() {
        MergeMemory memory = new MergeMemory(new ResponseMemory(10_000));
        Map<String, Object> view = Map.of("members", List.of(Map.of("answer", "x".repeat(20_000))));

        assertThatThrownBy(() -> MergedText.of(view, memory))
                .isInstanceOfSatisfying(
                        ServingException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.QUORUM_MISSED));
    }

    @Test
    void nothingIsTakenAfterTheEndOfTheCall() {
        MergeMemory memory = new MergeMemory(all);
        memory.close();

        assertThatThrownBy(() -> read(arrayOf("1"), memory, true)).isInstanceOf(ServingException.class);

        memory.close();
        assertThat(all.bytesInUse()).isZero();
    }
}
