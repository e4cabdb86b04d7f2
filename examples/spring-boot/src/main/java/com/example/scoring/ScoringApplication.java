package com.example.scoring;

import dev.foretell.worker.RunningWorker;
import dev.foretell.worker.Worker;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/** Serves a bean as a model: {@code java -jar scoring-1.0.0.jar --foretell.router=http://localhost:8000}. */
@SpringBootApplication
public class ScoringApplication {
    public static void main(String[] args) {
        SpringApplication.run(ScoringApplication.class, args);
    }

    /** Leaves the router's map and finishes its calls when the application ends. */
    @Bean(destroyMethod = "close")
    RunningWorker worker(Scorer scorer, @Value("${foretell.router:}") String router) {
        Worker worker = Worker.of("score", scorer::score);
        return router.isEmpty() ? worker.start() : worker.register(router, "AI");
    }
}
