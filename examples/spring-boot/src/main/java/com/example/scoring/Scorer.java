package com.example.scoring;

import org.springframework.stereotype.Component;

/** The application's existing logic. */
@Component
class Scorer {
    record Customer(int age, double income) {}

    record Score(double value, String grade) {}

    Score score(Customer customer) {
        double value = Math.min(1, customer.income() / (1_000 * Math.max(18, customer.age())));
        return new Score(value, value > 0.5 ? "A" : "B");
    }
}
