package dev.foretell.commons.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TraceParentTest {
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String SPAN = "b7ad6b7169203331";

    @ParameterizedTest
    @ValueSource(strings = {"01", "03", "ff"})
    void aValidHeaderIsRead(String flags) {
        assertThat(TraceParent.parse("00-" + TRACE + "-" + SPAN + "-" + flags))
                .isEqualTo(new TraceParent(TRACE, SPAN, true))
                .hasToString("00-" + TRACE + "-" + SPAN + "-01");
    }

    @ParameterizedTest
    @ValueSource(strings = {"00", "02", "fe"})
    void theLastBitOfTheFlagsIsForSampled(String flags) {
        assertThat(TraceParent.parse("00-" + TRACE + "-" + SPAN + "-" + flags))
                .isEqualTo(new TraceParent(TRACE, SPAN, false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-", "-what-comes-later"})
    void aLaterVersionMayAppend(String more) {
        assertThat(TraceParent.parse("cc-" + TRACE + "-" + SPAN + "-01" + more))
                .isEqualTo(new TraceParent(TRACE, SPAN, true));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00",
                "00-" + TRACE + "-" + SPAN,
                "00-" + TRACE + "-" + SPAN + "-0",
                "00-" + TRACE + "-" + SPAN + "-0g",
                "00-" + TRACE + "-" + SPAN + "-01-more",
                "cc-" + TRACE + "-" + SPAN + "-01.more",
                "ff-" + TRACE + "-" + SPAN + "-01",
                "0G-" + TRACE + "-" + SPAN + "-01",
                "00-0AF7651916CD43DD8448EB211C80319C-" + SPAN + "-01",
                "00-00000000000000000000000000000000-" + SPAN + "-01",
                "00-" + TRACE + "-0000000000000000-01",
                "00_" + TRACE + "-" + SPAN + "-01",
                "00-" + TRACE + "_" + SPAN + "-01",
                "00-" + TRACE + "-" + SPAN + "_01",
                "00-0af7651916cd43dd8448eb211c80319\u0660-" + SPAN + "-01",
            })
    void anInvalidHeaderIsNone(String header) {
        assertThat(TraceParent.isValid(header)).isFalse();
        assertThat(TraceParent.parse(header)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "00-" + TRACE + "-" + SPAN + "-00, true",
        "00-" + TRACE + "-" + SPAN + "-02, true",
        "00-" + TRACE + "-" + SPAN + "-01, false",
        "00-" + TRACE + "-0000000000000000-00, false",
        "00, false",
    })
    void aValidHeaderWithoutTheBitIsUnsampled(String header, boolean unsampled) {
        assertThat(TraceParent.isUnsampled(header)).isEqualTo(unsampled);
    }

    @Test
    void withoutAHeaderThereIsNoPlace() {
        assertThat(TraceParent.parse(null)).isNull();
    }
}
