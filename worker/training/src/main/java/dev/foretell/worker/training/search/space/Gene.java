package dev.foretell.worker.training.search.space;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * One parameter of an algorithm, and the range in which a search looks for its value. A place from 0 to 1 stands for each value, at
 * even distances of values, or of their logarithms where {@code byFactor}. Values have three significant digits.
 */
record Gene(String parameter, double least, double most, boolean byFactor, boolean whole) {
    private static final MathContext DIGITS = new MathContext(3);

    static Gene number(String parameter, double least, double most) {
        return new Gene(parameter, least, most, false, false);
    }

    static Gene factor(String parameter, double least, double most) {
        return new Gene(parameter, least, most, true, false);
    }

    static Gene whole(String parameter, int least, int most) {
        return new Gene(parameter, least, most, false, true);
    }

    static Gene wholeFactor(String parameter, int least, int most) {
        return new Gene(parameter, least, most, true, true);
    }

    double value(double place) {
        double value = byFactor
                ? StrictMath.exp(StrictMath.log(least) + place * StrictMath.log(most / least))
                : least + place * (most - least);
        double rounded =
                whole ? Math.rint(value) : new BigDecimal(value).round(DIGITS).doubleValue();
        return Math.max(least, Math.min(most, rounded));
    }

    double place(double value) {
        double within = Math.max(least, Math.min(most, value));
        return byFactor
                ? StrictMath.log(within / least) / StrictMath.log(most / least)
                : (within - least) / (most - least);
    }
}
