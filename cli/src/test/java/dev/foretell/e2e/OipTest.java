package dev.foretell.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.foretell.e2e.Http.Reply;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Java functions as a client of the Open Inference Protocol sees them. */
class OipTest {
    @TempDir
    static Path folder;

    private static Child router;
    private static Child worker;

    @BeforeAll
    static void start() {
        router = Child.foretell("router", "--port", "0", "--data", folder.toString());
        worker = Child.foretell(
                "worker",
                "dev.foretell.e2e.Typed::mean",
                "dev.foretell.e2e.Typed::look",
                "dev.foretell.e2e.Typed::product",
                "-b",
                "127.0.0.1:0",
                "--router",
                router.url());
        await().atMost(Duration.ofSeconds(60)).until(() -> get("/product/ready").status() == 200);
    }

    @AfterAll
    static void stop() {
        worker.close();
        router.close();
    }

    private static Reply get(String path) {
        return Http.get(router.url() + "/v2/models" + path);
    }

    private static Reply infer(String model, String inputs) {
        return Http.post(router.url() + "/v2/models/" + model + "/infer", """
                {"id": "1", "inputs": [%s]}""".formatted(inputs));
    }

    @Test
    void theirSignaturesComeFromTheirTypes() {
        assertThat(get("/mean").json().at("/inputs")).hasToString("""
                [{"name":"xs","datatype":"FP64","shape":[-1]}]""");
        assertThat(get("/product").json().at("/inputs")).hasToString("""
                [{"name":"a","datatype":"INT64","shape":[-1]},{"name":"b","datatype":"INT32","shape":[-1]}]""");
        assertThat(get("/look").json().at("/outputs")).hasToString("""
                [{"name":"length","datatype":"INT64","shape":[-1]},\
                {"name":"shouted","datatype":"BOOL","shape":[-1]}]""");
    }

    @Test
    void tensorsAreTheirArgumentsAndTheirResults() {
        Reply look = infer("look", """
                {"name":"text","datatype":"BYTES","shape":[2],"data":["hey!","hm"]}""");
        Reply mean = infer("mean", """
                {"name":"xs","datatype":"FP64","shape":[2,2],"data":[[1,2],[3,4]]}""");
        Reply product = infer("product", """
                {"name":"a","datatype":"INT64","shape":[1],"data":[9007199254740993]},\
                {"name":"b","datatype":"INT32","shape":[],"data":[3]}""");

        assertThat(look.json().at("/outputs/0/data")).hasToString("[4,2]");
        assertThat(look.json().at("/outputs/1/data")).hasToString("[true,false]");
        assertThat(mean.json().at("/outputs/0/data")).hasToString("[1.5,3.5]");
        assertThat(product.json().at("/outputs/0/data")).hasToString("[27021597764222979]");
        assertThat(product.json().at("/id").asText()).isEqualTo("1");
    }

    @Test
    void whatTheyRefuseIsTheCallersFault() {
        Reply wrong = infer("mean", """
                {"name":"xs","datatype":"BYTES","shape":[1],"data":["a"]}""");
        Reply missing = infer("product", """
                {"name":"a","datatype":"INT64","shape":[1],"data":[1]}""");

        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.json().path("error").asText()).contains("xs");
        assertThat(missing.status()).isEqualTo(400);
        assertThat(missing.json().path("error").asText()).contains("'b'");
    }
}
