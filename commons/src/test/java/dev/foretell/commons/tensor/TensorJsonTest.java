package dev.foretell.commons.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.json.Json;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TensorJsonTest {
    private static TensorSpec spec(Datatype datatype, Long... shape) {
        return new TensorSpec("X", datatype, List.of(shape));
    }

    private static JsonNode tree(String json) {
        return Json.readTree(json.getBytes(StandardCharsets.UTF_8));
    }

    private static Tensor read(TensorSpec spec, String json, long @Nullable ... shape) {
        return TensorJson.read(spec, tree(json), shape);
    }

    private static String written(Tensor tensor) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = Json.FACTORY.createGenerator(text)) {
            TensorJson.writeNested(out, tensor);
        }
        assertThat(Json.writeText(TensorJson.nest(tensor))).isEqualTo(text.toString());
        return text.toString();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "BOOL|[[true,false],[false,true]]",
                "INT8|[[-128,127]]",
                "UINT8|[[0,255]]",
                "INT16|[[-32768],[32767]]",
                "UINT16|[[0,65535]]",
                "INT32|[[-2147483648,2147483647]]",
                "UINT32|[[0,4294967295]]",
                "INT64|[[-9223372036854775808,9223372036854775807,9007199254740993]]",
                "UINT64|[[0,18446744073709551615,9223372036854775808,9007199254740993]]",
                "FP16|[[0.5,-65504.0,'NaN']]",
                "FP32|[[0.1,-3.4028235E38,1.4E-45,'Infinity','-Infinity','NaN']]",
                "FP64|[[0.1,1.7976931348623157E308,'Infinity','-Infinity','NaN']]",
                "BYTES|[['naïve 字','']]",
                "INT64|[]",
                "INT64|[[],[]]",
                "FP64|1.5"
            })
    void whatIsWrittenIsWhatWasRead(Datatype datatype, String json) throws IOException {
        String text = json.replace('\'', '"');
        Long[] rank = new Long[depth(tree(text))];
        java.util.Arrays.fill(rank, -1L);

        assertThat(written(read(spec(datatype, rank), text, (long[]) null))).isEqualTo(text);
    }

    private static int depth(JsonNode node) {
        return node.isArray() ? 1 + (node.isEmpty() ? 0 : depth(node.get(0))) : 0;
    }

    @Test
    void nestedAndFlatAreTheSame() {
        Tensor nested = read(spec(Datatype.INT32, -1L, 2L), "[[1,2],[3,4],[5,6]]", (long[]) null);
        Tensor flat = read(spec(Datatype.INT32, -1L, 2L), "[1,2,3,4,5,6]", 3, 2);

        assertThat(nested.shape()).containsExactly(3, 2);
        assertThat(flat.shape()).containsExactly(3, 2);
        assertThat(nested.numbers()).isEqualTo(flat.numbers());
        assertThat(nested.numbers().getInt(20)).isEqualTo(6);
    }

    @Test
    void truthsMayBeNumbers() {
        assertThat(TensorJson.nest(read(spec(Datatype.BOOL, 3L), "[0,1,true]", (long[]) null)))
                .isEqualTo(List.of(false, true, true));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            FP32   | [[1,2],[3]]                | tensor 'X': expected rows of one length and depth, got rows that differ
            FP32   | [[1],2]                    | tensor 'X': expected rows of one length and depth, got rows that differ
            FP32   | [1,[2]]                    | tensor 'X': expected rows of one length and depth, got rows that differ
            FP32   | [[],1,2,3]                 | tensor 'X': expected rows of one length and depth, got rows that differ
            FP32   | [1,[],2]                   | tensor 'X': expected rows of one length and depth, got rows that differ
            FP32   | [[],[1]]                   | tensor 'X': expected rows of one length and depth, got rows that differ
            FP32   | [[[]],[1]]                 | tensor 'X': expected rows of one length and depth, got rows that differ
            FP32   | [[[]],1]                   | tensor 'X': expected rows of one length and depth, got rows that differ
            BYTES  | [[],'a']                   | tensor 'X': expected rows of one length and depth, got rows that differ
            FP32   | [1,2]                      | tensor 'X': expected 2 dimensions [-1, 2], got 1 [2]
            FP32   | [[1,2,3]]                  | tensor 'X': expected the shape [-1, 2], got [1, 3]
            FP32   | [['a',2]]                  | tensor 'X': expected FP32 at element 0, got "a"
            FP32   | [[true,2]]                 | tensor 'X': expected FP32 at element 0, got true
            FP32   | [[null,2]]                 | tensor 'X': expected FP32 (a missing value is "NaN") at element 0, got null
            FP32   | [[{},2]]                   | tensor 'X': expected FP32 at element 0, got an object
            FP32   | [[1,1e40]]                 | tensor 'X': expected FP32, and it is out of its range at element 1, got 1E+40
            FP64   | [[1,1e400]]                | tensor 'X': expected FP64, and it is out of its range at element 1, got 1E+400
            FP16   | [[1,65520]]                | tensor 'X': expected FP16 from -65504 to 65504 at element 1, got 65520
            INT32  | [[1.5,2]]                  | tensor 'X': expected INT32 at element 0, got 1.5
            INT8   | [[1,128]]                  | tensor 'X': expected INT8 from -128 to 127 at element 1, got 128
            UINT8  | [[-1,1]]                   | tensor 'X': expected UINT8 from 0 to 255 at element 0, got -1
            UINT32 | [[4294967296,1]]           | tensor 'X': expected UINT32 from 0 to 4294967295 at element 0, got 4294967296
            INT64  | [[9223372036854775808,1]]  | tensor 'X': expected INT64 from -9223372036854775808 to 9223372036854775807 at element 0, got 9223372036854775808
            UINT64 | [[18446744073709551616,1]] | tensor 'X': expected UINT64 from 0 to 18446744073709551615 at element 0, got 18446744073709551616
            UINT64 | [[-1,1]]                   | tensor 'X': expected UINT64 from 0 to 18446744073709551615 at element 0, got -1
            BYTES  | [[1,'a']]                  | tensor 'X': expected text at element 0, got 1
            BF16   | [[1,2]]                    | tensor 'X': expected BF16 in binary form, binary_data_size, got JSON
            """)
    void saysWhatDoesNotFit(Datatype datatype, String json, String message) {
        assertThatThrownBy(() -> read(spec(datatype, -1L, 2L), json.replace('\'', '"'), (long[]) null))
                .isInstanceOf(ServingException.class)
                .hasMessage(message);
    }

    @Test
    void aShapeMustHaveAsManyElements() {
        TensorSpec spec = spec(Datatype.FP32, -1L, 2L);

        assertThatThrownBy(() -> read(spec, "[1,2,3]", 2, 2))
                .hasMessage("tensor 'X': expected 4 elements for its shape [2, 2], got 3");
        assertThatThrownBy(() -> read(spec, "[1,2,3,4,5]", 2, 2))
                .hasMessage("tensor 'X': expected 4 elements for its shape [2, 2], got more");
        assertThatThrownBy(() -> read(spec, "[[1,2,3,4]]", 2, 2))
                .hasMessage("tensor 'X': expected data flat or nested as its shape [2, 2], got [1, 4]");
        assertThatThrownBy(() -> read(spec, "[1]", -1, 2)).hasMessageContaining("dimensions from 0 up");
        assertThatThrownBy(() -> read(spec, "[1]", Integer.MAX_VALUE, 2))
                .hasMessageContaining("expected 4294967294 elements");
        assertThatThrownBy(() -> read(spec(Datatype.FP32, -1L, -1L), "[]", Integer.MAX_VALUE, 0))
                .hasMessageContaining("got fewer");
    }

    @ParameterizedTest
    @EnumSource(names = "BYTES", mode = EnumSource.Mode.EXCLUDE)
    void everyTypeIsWrittenElementByElement(Datatype datatype) {
        ByteBuffer ones = ByteBuffer.allocate(2 * datatype.width()).order(ByteOrder.LITTLE_ENDIAN);

        Tensor zeros = Tensor.of("X", datatype, new long[] {2}, ones);

        assertThat(((List<?>) TensorJson.nest(zeros))).hasSize(2);
        assertThat(TensorJson.element(zeros, 1).toString()).isIn("0", "0.0", "false");
    }
}
