package dev.foretell.commons.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InferRequestTest {
    private static final String X = """
            {"name":"X","shape":[1,2],"datatype":"FP32","data":[1.5,2]}""";

    private static InferRequest read(String json) {
        return InferRequest.read(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8), -1);
    }

    private static InferRequest read(String json, byte[] after) {
        byte[] head = json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(head);
        body.writeBytes(after);
        return InferRequest.read(body.toByteArray(), head.length);
    }

    private static ByteBuffer bytes(int length) {
        return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"[2,0,4]|[[],[]]", "[2,0,4]|[]", "[0,4]|[]", "[2,3,0]|[[[],[],[]],[[],[],[]]]", "[0,0]|[]"})
    void arraysEndAtTheFirstThatAreEmpty(String shape, String data) {
        InferRequest request =
                read("{'inputs':[{'name':'X','datatype':'FP32','shape':" + shape + ",'data':" + data + "}]}");

        assertThat(java.util.Arrays.toString(request.inputs().get(0).shape()).replace(" ", ""))
                .isEqualTo(shape);
    }

    @Test
    void textBeyondTheFirstPlaneIsWhole() {
        InferRequest request =
                read("{'inputs':[{'name':'S','shape':[1],'datatype':'BYTES','data':['\\ud83d\\ude00']}]}");

        assertThat(request.inputs().get(0).strings().get(0)).isEqualTo("\ud83d\ude00".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void readsAllThatARequestMaySay() {
        InferRequest request = read("""
                {"id":"42","extra":{"deep":[1]},"parameters":{"priority":1,"big":18446744073709551615,"f":0.5,"s":"t","b":true,"n":null},
                 "inputs":[{"name":"X","shape":[1,2],"datatype":"FP32","data":[[1.5,2]],"parameters":{"any":1}},
                           {"name":"S","shape":[2],"datatype":"BYTES","data":["a","ü"]}],
                 "outputs":[{"name":"Y","parameters":{"classification":3}},{"name":"Z","parameters":{"binary_data":true}}]}""");

        assertThat(request.id()).isEqualTo("42");
        assertThat(request.parameters())
                .isEqualTo(Map.of(
                        "priority",
                        1L,
                        "big",
                        new java.math.BigInteger("18446744073709551615"),
                        "f",
                        0.5,
                        "s",
                        "t",
                        "b",
                        true));
        assertThat(request.inputs()).hasSize(2);
        assertThat(TensorJson.nest(request.inputs().get(0))).isEqualTo(List.of(List.of(1.5f, 2f)));
        assertThat(request.inputs().get(1).strings().get(1)).isEqualTo("ü".getBytes(StandardCharsets.UTF_8));
        assertThat(request.outputs())
                .containsExactly(new InferRequest.Output("Y", false, 3), new InferRequest.Output("Z", true, 0));
        assertThat(request.binaryOutputs()).isFalse();
    }

    @Test
    void theOrderOfFieldsDoesNotMatter() {
        InferRequest request =
                read("{'inputs':[{'data':[[9007199254740993]],'datatype':'INT64','name':'X','shape':[1,1]}]}");

        assertThat(request.inputs().get(0).numbers().getLong()).isEqualTo(9007199254740993L);
        assertThat(request.outputs()).isEmpty();
        assertThat(request.id()).isNull();
    }

    @Test
    void tensorsMayFollowTheJson() {
        byte[] after = bytes(8 + 4 + 1 + 4 + 2)
                .putFloat(1.5f)
                .putFloat(Float.NaN)
                .putInt(1)
                .put((byte) 'a')
                .putInt(2)
                .put("ü".getBytes(StandardCharsets.UTF_8))
                .array();

        InferRequest request = read("""
                {'inputs':[{'name':'X','shape':[1,2],'datatype':'FP32','parameters':{'binary_data_size':8}},
                           {'name':'J','shape':[1],'datatype':'BOOL','data':[true]},
                           {'name':'S','shape':[2],'datatype':'BYTES','parameters':{'binary_data_size':11}}],
                 'parameters':{'binary_data_output':true},'outputs':[{'name':'Y'},{'name':'Z','parameters':{'binary_data':false}}]}""", after);

        assertThat(TensorJson.nest(request.inputs().get(0))).isEqualTo(List.of(List.of(1.5f, "NaN")));
        assertThat(TensorJson.nest(request.inputs().get(1))).isEqualTo(List.of(true));
        assertThat(TensorJson.nest(request.inputs().get(2))).isEqualTo(List.of("a", "ü"));
        assertThat(request.binaryOutputs()).isTrue();
        assertThat(request.outputs())
                .containsExactly(new InferRequest.Output("Y", true, 0), new InferRequest.Output("Z", false, 0));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|INVALID_INPUT|the body is empty",
                "[]|INVALID_INPUT|must be an object",
                "{'inputs':[|MALFORMED|line 1",
                "{} x|MALFORMED|Unrecognized token",
                "{} {}|MALFORMED|something follows",
                "{}|INVALID_INPUT|inputs are missing",
                "{'inputs':{}}|INVALID_INPUT|inputs must be an array",
                "{'inputs':[1]}|INVALID_INPUT|an input must be an object",
                "{'inputs':[],'inputs':[]}|INVALID_INPUT|twice",
                "{'inputs':[],'outputs':[{'name':'Y'},{'name':'Y'}]}|INVALID_INPUT|this output is asked for twice",
                "{'inputs':[],'id':'\\ud800'}|INVALID_INPUT|id has half of a surrogate pair",
                "{'inputs':[{'name':'S','shape':[1],'datatype':'BYTES','data':['\\ud800']}]}|INVALID_INPUT|at element 0 has half",
                "{'inputs':[{'name':'S','shape':[1,1],'datatype':'BYTES','data':'a'}]}|INVALID_INPUT|got a single value",
                "{'inputs':[],'id':7}|INVALID_INPUT|id must be text",
                "{'inputs':[],'parameters':{'a':[1]}}|INVALID_INPUT|parameters: a must be text, a number, true or false",
                "{'inputs':[],'parameters':{'binary_data_output':1}}|INVALID_INPUT|must be true or false",
                "{'inputs':[],'outputs':[{}]}|INVALID_INPUT|an output has no name",
                "{'inputs':[],'outputs':[{'name':'Y','parameters':{'classification':-1}}]}|INVALID_INPUT|got -1",
                "{'inputs':[{'shape':[1],'datatype':'FP32','data':[1]}]}|INVALID_INPUT|without name",
                "{'inputs':[{'name':'X','datatype':'FP32','data':[1]}]}|INVALID_INPUT|tensor 'X': expected an input with name, shape and datatype, got one without shape",
                "{'inputs':[{'name':'X','shape':[1],'data':[1]}]}|INVALID_INPUT|without datatype",
                "{'inputs':[{'name':'X','shape':[1],'datatype':'FP31','data':[1]}]}|INVALID_INPUT|got FP31",
                "{'inputs':[{'name':'X','shape':[1.5],'datatype':'FP32','data':[1]}]}|INVALID_INPUT|whole numbers",
                "{'inputs':[{'name':'X','shape':[-1],'datatype':'FP32','data':[1]}]}|INVALID_INPUT|dimensions from 0 up",
                "{'inputs':[{'name':'X','shape':[2],'datatype':'FP32','data':[1]}]}|INVALID_INPUT|expected 2 elements for its shape [2], got 1",
                "{'inputs':[{'name':'X','shape':[1],'datatype':'FP32','data':[1,2]}]}|INVALID_INPUT|got more",
                "{'inputs':[{'name':'X','shape':[1],'datatype':'FP32'}]}|INVALID_INPUT|got neither",
                "{'inputs':[{'name':'X','shape':[1],'datatype':'FP32','data':[NaN]}]}|MALFORMED|JSON has no NaN",
                "{'inputs':[{'name':'X','shape':[9999999999,9999999999],'datatype':'FP32','data':[1]}]}|INVALID_INPUT|dimensions",
                "{'inputs':[{'name':'X','shape':[99999,99999],'datatype':'FP32','data':[1]}]}|INVALID_INPUT|expected 9999800001 elements",
                "{'inputs':[{'name':'X','shape':[1],'datatype':'FP32','parameters':{'binary_data_size':4}}]}|INVALID_INPUT|expected 4 bytes after the JSON, got 0",
                "{'inputs':[{'name':'X','shape':[0],'datatype':'FP32','data':[],'parameters':{'binary_data_size':0}}]}|INVALID_INPUT|got both",
            })
    void saysWhatIsWrong(String json, FailureKind kind, String words) {
        assertThatThrownBy(() -> read(json)).isInstanceOfSatisfying(ServingException.class, e -> {
            assertThat(e.kind()).isEqualTo(kind);
            assertThat(e.detail()).contains(words);
        });
    }

    @Test
    void anInputGivenTwiceIsRefused() {
        assertThatThrownBy(() -> read("""
                {"inputs":[%s,%s]}""".formatted(X, X))).hasMessageContaining("given twice");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "4|4|tensor 'X': expected 8 bytes as of FP32 [2], got 4",
                "8|9|the body has 1 bytes after what its inputs say",
                "9|8|tensor 'X': expected 9 bytes after the JSON, got 8",
                "-1|8|tensor 'X': expected a binary_data_size from 0 up, got -1"
            })
    void binaryDataMustBeAsLongAsItSays(long size, int there, String message) {
        String json = "{'inputs':[{'name':'X','shape':[2],'datatype':'FP32','parameters':{'binary_data_size':" + size
                + "}}]}";

        assertThatThrownBy(() -> read(json, new byte[there])).hasMessage(message);
    }

    @Test
    void stringsThatBreakOffAreRefused() {
        String json = "{'inputs':[{'name':'S','shape':[1],'datatype':'BYTES','parameters':{'binary_data_size':8}}]}";

        assertThatThrownBy(() -> read(json, bytes(8).putInt(5).array()))
                .hasMessage("tensor 'S': expected 5 bytes of a string, got 4");
        assertThatThrownBy(() -> read(json, bytes(8).putInt(-1).array()))
                .hasMessage("tensor 'S': expected 4294967295 bytes of a string, got 4");
        assertThatThrownBy(() -> read(json, bytes(8).putInt(0).array()))
                .hasMessage("tensor 'S': expected 1 strings, got 1, and 4 bytes after them");
    }

    @Test
    void aRawBodyIsTheOnlyInput() {
        byte[] body = bytes(16).putFloat(0, 1.5f).array();

        Tensor batch = InferRequest.raw(body, List.of(new TensorSpec("X", Datatype.FP32, List.of(-1L, 2L))))
                .inputs()
                .get(0);
        Tensor row = InferRequest.raw(body, List.of(new TensorSpec("X", Datatype.FP32, List.of(-1L, -1L))))
                .inputs()
                .get(0);
        Tensor text = InferRequest.raw(body, List.of(new TensorSpec("S", Datatype.BYTES, List.of(-1L, 1L))))
                .inputs()
                .get(0);

        assertThat(batch.shape()).containsExactly(2, 2);
        assertThat(batch.numbers().getFloat()).isEqualTo(1.5f);
        assertThat(row.shape()).containsExactly(1, 4);
        assertThat(text.strings()).containsExactly(body);
    }

    @Test
    void aRawBodyThatDoesNotFitIsRefused() {
        TensorSpec pairs = new TensorSpec("X", Datatype.FP32, List.of(-1L, 2L));
        TensorSpec open = new TensorSpec("X", Datatype.FP32, List.of(-1L, -1L, -1L));

        assertThatThrownBy(() -> InferRequest.raw(new byte[9], List.of(pairs)))
                .hasMessage("tensor 'X': expected 8 bytes as of FP32 [1, 2], got 9");
        assertThatThrownBy(() -> InferRequest.raw(new byte[8], List.of(open))).hasMessageContaining("bytes alone");
        assertThatThrownBy(() -> InferRequest.raw(new byte[8], List.of(pairs, pairs)))
                .hasMessageContaining("this one has 2");
    }

    @Test
    void theHeaderSaysHowMuchIsJson() {
        assertThat(TensorBinary.jsonLength(null, 5)).isEqualTo(-1);
        assertThat(TensorBinary.jsonLength("0", 5)).isZero();
        assertThat(TensorBinary.jsonLength("5", 5)).isEqualTo(5);
        for (String wrong : List.of("6", "-1", "x", "", "99999999999999999999")) {
            assertThatThrownBy(() -> TensorBinary.jsonLength(wrong, 5))
                    .isInstanceOfSatisfying(
                            ServingException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.MALFORMED));
        }
    }
}
