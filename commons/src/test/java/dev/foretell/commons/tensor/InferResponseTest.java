package dev.foretell.commons.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foretell.commons.json.Json;
import dev.foretell.commons.tensor.InferRequest.Output;
import dev.foretell.commons.tensor.InferResponse.Encoded;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InferResponseTest {
    private static final Tensor SCORES = Tensor.of(
            "scores",
            Datatype.FP32,
            new long[] {2, 3},
            ByteBuffer.allocate(24)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putFloat(0.25f)
                    .putFloat(Float.NaN)
                    .putFloat(0.5f)
                    .putFloat(3)
                    .putFloat(1)
                    .putFloat(2)
                    .flip());
    private static final Tensor LABELS = Tensor.of(
            "labels",
            new long[] {2},
            List.of("a".getBytes(StandardCharsets.UTF_8), "ü".getBytes(StandardCharsets.UTF_8)));
    private static final InferResponse RESPONSE =
            new InferResponse("iris", "2", null, Map.of("took", 1L), List.of(SCORES, LABELS));

    private static InferRequest asking(boolean binary, Output... outputs) {
        return new InferRequest("7", Map.of(), List.of(), List.of(outputs), binary);
    }

    private static String json(Encoded encoded) {
        byte[] bytes = encoded.bytes();
        int length = encoded.jsonLength() < 0 ? bytes.length : encoded.jsonLength();
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    @Test
    void withoutWishesAllOutputsAreJson() {
        Encoded encoded = RESPONSE.encode(asking(false));

        assertThat(encoded.jsonLength()).isEqualTo(-1);
        assertThat(json(encoded)).isEqualTo("""
                {"model_name":"iris","model_version":"2","id":"7","parameters":{"took":1},"outputs":[\
                {"name":"scores","datatype":"FP32","shape":[2,3],"data":[0.25,"NaN",0.5,3.0,1.0,2.0]},\
                {"name":"labels","datatype":"BYTES","shape":[2],"data":["a","ü"]}]}""");
    }

    @Test
    void whatIsNotThereIsLeftOut() {
        InferResponse plain = new InferResponse("fib", null, null, Map.of(), List.of());

        assertThat(json(plain.encode(new InferRequest(null, Map.of(), List.of(), List.of(), false))))
                .isEqualTo("""
                        {"model_name":"fib","outputs":[]}""");
    }

    @Test
    void onlyTheOutputsThatAreWantedAreSentEachInItsForm() {
        Encoded encoded = RESPONSE.encode(asking(false, new Output("labels", true, 0), new Output("scores", false, 0)));

        assertThat(Json.readTree(json(encoded).getBytes(StandardCharsets.UTF_8))
                        .at("/outputs/0/parameters/binary_data_size")
                        .asInt())
                .isEqualTo(11);
        assertThat(json(encoded)).contains("\"data\":[0.25");
        assertThat(Arrays.copyOfRange(encoded.bytes(), encoded.jsonLength(), encoded.bytes().length))
                .containsExactly(1, 0, 0, 0, 'a', 2, 0, 0, 0, (byte) 0xc3, (byte) 0xbc);
    }

    @Test
    void allOutputsMayBeBinary() {
        Encoded encoded = RESPONSE.encode(asking(true));

        assertThat(encoded.bytes()).hasSize(encoded.jsonLength() + 24 + 11);
        assertThat(ByteBuffer.wrap(encoded.bytes(), encoded.jsonLength(), 4)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .getFloat())
                .isEqualTo(0.25f);
    }

    @Test
    void anOutputThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> RESPONSE.encode(asking(false, new Output("nope", false, 0))))
                .hasMessage("there is no output 'nope'; the model has scores, labels");
    }

    @Test
    void theLargestOfEachRowAsText() {
        Encoded encoded = RESPONSE.encode(asking(false, new Output("scores", false, 2)));

        assertThat(json(encoded)).contains("""
                {"name":"scores","datatype":"BYTES","shape":[2,2],"data":["0.5:2","0.25:0","3.0:0","2.0:2"]}""");
        assertThatThrownBy(() -> RESPONSE.encode(asking(false, new Output("labels", false, 2))))
                .hasMessage("tensor 'labels': expected numbers to be classified, got BYTES");
    }

    @Test
    void bf16GoesInBinaryFormAlone() {
        Tensor half = Tensor.of("h", Datatype.BF16, new long[] {1}, ByteBuffer.wrap(new byte[] {(byte) 0xc0, 0x3f}));
        InferResponse response = new InferResponse("m", "1", null, Map.of(), List.of(half));

        assertThat(response.encode(asking(true)).bytes()).endsWith((byte) 0xc0, (byte) 0x3f);
        assertThatThrownBy(() -> response.encode(asking(false))).hasMessageContaining("because it is BF16");
    }
}
