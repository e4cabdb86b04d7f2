package dev.foretell.worker.function.binding;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import java.io.IOException;
import java.math.BigDecimal;

/**
 * Reads numbers that fit their types: a number out of range for a float or double is refused, and never becomes an
 * infinity.
 */
final class FiniteParser extends JsonParserDelegate {
    FiniteParser(JsonParser parser) {
        super(parser);
    }

    @Override
    public float getFloatValue() throws IOException {
        return (float) fit(super.getFloatValue(), float.class);
    }

    @Override
    public double getDoubleValue() throws IOException {
        return fit(super.getDoubleValue(), double.class);
    }

    /** Exponents are bounded too. */
    @Override
    public BigDecimal getDecimalValue() throws IOException {
        try {
            return super.getDecimalValue();
        } catch (NumberFormatException | ArithmeticException e) {
            throw new NumberTooLargeException(this, BigDecimal.class);
        }
    }

    @Override
    public Number getNumberValue() throws IOException {
        Number value = super.getNumberValue();
        fit(value.doubleValue(), value);
        return value;
    }

    @Override
    public Number getNumberValueExact() throws IOException {
        Number value = super.getNumberValueExact();
        fit(value.doubleValue(), value);
        return value;
    }

    /** An unbounded number type accepts any size. */
    private void fit(double read, Number value) throws NumberTooLargeException {
        if (value instanceof Double || value instanceof Float) {
            fit(read, double.class);
        }
    }

    private double fit(double read, Class<?> type) throws NumberTooLargeException {
        if (Double.isInfinite(read)) {
            throw new NumberTooLargeException(this, type);
        }
        return read;
    }
}
