package dev.foretell.router;

import static dev.foretell.router.EnsembleStage.answering;
import static dev.foretell.router.EnsembleStage.predict;
import static dev.foretell.router.EnsembleStage.put;
import static org.assertj.core.api.Assertions.assertThat;

import dev.foretell.router.LiveRouter.Answer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an ensemble may be, and what its author reads where it may not. */
class EnsembleRecipesTest {
    @RegisterExtension
    static final LiveRouter router = LiveRouter.with("deadline.by-default", "60s");

    private static final String MIX = "/v1/ensembles/mix";

    @BeforeEach
    void serve() {
        FakeWorker functions = router.worker(ScriptedFunctions::play).says(ScriptedFunctions.INDEX);
        FakeWorker other = answering(router, "7");
        router.replace("{\"AI\":{\"fib\":[" + functions.entry() + "],\"mean\":[" + functions.entry() + "],\"greet\":["
                + functions.entry() + "],\"python\":[" + functions.entry() + "],\"other\":[" + other.entry() + "]}}");
        Awaitility.await()
                .until(() ->
                        router.get("/v2/models/greet").json().path("outputs").size() == 2);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {}                                                | merge is missing: one of mean, weighted, median, min, max, vote, softVote, first, all
                    {"merge":"average","members":["fib"]}             | merge must be one of mean
                    {"merge":"mean"}                                  | members must be an array of 1 to 32 models
                    {"merge":"mean","members":[]}                     | members must be an array of 1 to 32 models
                    {"merge":"mean","members":[3]}                    | members[0] must be the name of a model
                    {"merge":"mean","members":["fib","fib"]}          | two members have the name 'fib'
                    {"merge":"mean","members":[{"modl":"fib"}]}       | members[0] has an unknown field 'modl'
                    {"merge":"mean","members":["fob"]}                | member 'fob': no model 'AI/fob'
                    {"merge":"mean","members":["hosts/onnx"]}         | members[0]: 'hosts/onnx' is no model
                    {"merge":"mean","members":["fib"],"quorum":2}     | quorum is 2, and there are only 1 members
                    {"merge":"mean","members":["fib"],"quorum":0}     | quorum must be a whole number of at least 1
                    {"merge":"mean","members":["fib"],"quorums":1}    | unknown field 'quorums'
                    {"merge":"mean","members":["fib"],"onMissing":"x"}| onMissing must be one of reweight, fail
                    {"merge":"mean","members":["fib","other"],"onMissing":"fail","quorum":1} | quorum must be all 2 members with onMissing fail
                    {"merge":"first","members":["fib","other"],"quorum":2} | quorum must be 1 with merge first
                    {"merge":"mean","members":[{"model":"fib","weight":2}]} | weights count with merge weighted, vote and softVote
                    {"merge":"vote","members":[{"model":"fib","weight":0}]} | weight must be a number over 0
                    {"merge":"mean","members":["fib"],"deadlineMs":-1}      | deadlineMs must be a whole number from 0
                    {"merge":"mean","members":["fib"],"labels":["a"]}       | labels name the classes of softVote
                    {"merge":"mean","members":["mix"]}                      | an ensemble cannot be a member of itself
                    {"merge":"mean","members":["greet"]}                    | output text is BYTES, and mean merges numbers; choose one of [text, length]
                    {"merge":"mean","members":[{"model":"greet","output":"size"}]} | has no output 'size'; there are [text, length]
                    {"merge":"mean","members":["fib","mean"]}               | takes [xs], and member 'fib' takes [n]: one body cannot be for both
                    {"merge":"all","name":"max","members":["fib"]}          | the body's name must be the URL's
                    """)
    void whatIsWrongIsSaid(String recipe, String detail) {
        Answer answer = router.put(MIX, recipe);

        assertThat(answer.status()).as(answer.body()).isEqualTo(422);
        assertThat(answer.detail()).contains(detail);
    }

    @Test
    void whatIsKnownOfMembersFits() {
        put(router, "mix", "{\"merge\":\"mean\",\"members\":[\"fib\",\"python\",\"other\"]}");
        put(router, "words", "{\"merge\":\"max\",\"members\":[{\"model\":\"greet\",\"output\":\"length\"}]}");
    }

    @Test
    void aNameIsOfAModelOrAnEnsemble() {
        Answer ofFunction = router.put("/v1/ensembles/fib", "{\"merge\":\"mean\",\"members\":[\"other\"]}");
        put(router, "mine", "{\"merge\":\"mean\",\"members\":[\"fib\"]}");
        Answer ofEnsemble = router.register("{\"AI\":{\"mine\":[{\"host\":\"127.0.0.1\",\"port\":1}]}}");
        Answer ofOtherType = router.register("{\"BI\":{\"mine\":[{\"host\":\"127.0.0.1\",\"port\":1}]}}");

        assertThat(ofFunction.status()).isEqualTo(409);
        assertThat(ofFunction.detail()).contains("there is a model 'fib' of type AI already");
        assertThat(ofEnsemble.status()).isEqualTo(409);
        assertThat(ofEnsemble.detail()).contains("AI/mine is an ensemble");
        assertThat(ofOtherType.status()).isEqualTo(200);
    }

    @Test
    void ensemblesThatWouldBeMembersOfEachOtherAreRefused() {
        put(router, "one", "{\"merge\":\"mean\",\"members\":[\"fib\"]}");
        put(router, "two", "{\"merge\":\"mean\",\"members\":[\"one\"]}");
        put(router, "three", "{\"merge\":\"mean\",\"members\":[\"two\"]}");

        Answer cycle = router.put("/v1/ensembles/one", "{\"merge\":\"mean\",\"members\":[\"fib\",\"three\"]}");
        Answer removal = router.delete("/v1/ensembles/two");

        assertThat(cycle.status()).as(cycle.body()).isEqualTo(422);
        assertThat(cycle.detail()).contains("in a cycle: ");
        assertThat(removal.status()).isEqualTo(409);
        assertThat(removal.detail()).contains("is a member of 'three'");
    }

    @Test
    void anEnsembleKeepsItsTypeWhileItIsAMember() {
        put(router, "kept", "{\"merge\":\"mean\",\"members\":[\"fib\"]}");
        put(router, "user", "{\"merge\":\"mean\",\"members\":[\"kept\"]}");
        String moved = "{\"type\":\"BI\",\"merge\":\"mean\",\"members\":[\"AI/fib\"]}";

        Answer whileMember = router.put("/v1/ensembles/kept", moved);
        Answer sameType = router.put("/v1/ensembles/kept", "{\"merge\":\"max\",\"members\":[\"fib\"]}");
        Answer called = predict(router, "user");
        router.delete("/v1/ensembles/user");
        Answer alone = router.put("/v1/ensembles/kept", moved);

        assertThat(whileMember.status()).as(whileMember.body()).isEqualTo(409);
        assertThat(whileMember.detail()).contains("is a member of 'user'");
        assertThat(sameType.status()).as(sameType.body()).isEqualTo(200);
        assertThat(called.status()).as(called.body()).isEqualTo(200);
        assertThat(alone.status()).as(alone.body()).isEqualTo(200);
    }

    @Test
    void nestingIsBounded() {
        put(router, "n1", "{\"merge\":\"mean\",\"members\":[\"fib\",\"other\",\"python\"]}");
        put(router, "n2", nested("n1"));
        put(router, "n3", nested("n2"));
        Answer wide = router.put("/v1/ensembles/n4", nested("n3"));
        put(router, "d2", "{\"merge\":\"mean\",\"members\":[\"n1\"]}");
        put(router, "d3", "{\"merge\":\"mean\",\"members\":[\"d2\"]}");
        put(router, "d4", "{\"merge\":\"mean\",\"members\":[\"d3\"]}");
        Answer deep = router.put("/v1/ensembles/d5", "{\"merge\":\"mean\",\"members\":[\"d4\"]}");

        assertThat(wide.detail()).contains("would become 81 calls of models");
        assertThat(deep.detail()).contains("may be nested 4 deep");
    }

    private static String nested(String name) {
        return """
                {"merge":"mean","members":[{"model":"%1$s","name":"a"},{"model":"%1$s","name":"b"},{"model":"%1$s","name":"c"}]}""".formatted(name);
    }

    @Test
    void whatIsShownCanBePutAgain() {
        Answer put = put(router, "mix", "{\"merge\":\"softVote\",\"members\":[\"other\"],\"labels\":[\"a\",\"b\"]}");

        assertThat(router.get(MIX).body()).isEqualTo(put.body());
        assertThat(put(router, "mix", put.body()).body()).isEqualTo(put.body());
        assertThat(router.get("/v1/ensembles").json().path("ensembles").findValuesAsText("name"))
                .contains("mix");
    }

    @Test
    void anEnsembleIsThereAfterARestartUntilItIsRemoved() {
        put(router, "kept", "{\"merge\":\"min\",\"members\":[\"fib\",\"other\"]}");
        router.stop();
        router.start();

        assertThat(predict(router, "kept").body()).isEqualTo("1");
        assertThat(router.delete("/v1/ensembles/kept").status()).isEqualTo(200);
        assertThat(predict(router, "kept").status()).isEqualTo(404);
        assertThat(router.delete("/v1/ensembles/kept").status()).isEqualTo(404);
    }
}
