package com.example.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foretell.worker.RunningWorker;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

@SpringBootTest
class ScoringApplicationTest {
    @Autowired
    private RunningWorker worker;

    @Test
    void theBeanAnswersOverHttp() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(worker.url() + "/score"))
                .POST(BodyPublishers.ofString("""
                        {"age": 40, "income": 30000}"""))
                .build();

        HttpResponse<String> answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("""
                {"value":0.75,"grade":"A"}""");
    }
}
