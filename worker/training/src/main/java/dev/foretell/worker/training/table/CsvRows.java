package dev.foretell.worker.training.table;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.dataformat.csv.CsvFactory;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;

/** The rows of a CSV, one after the other, without the blanks around values. Empty lines are skipped. */
final class CsvRows {
    private final JsonParser parser;
    private final int mostValues;
    private boolean isHeader = true;
    private int line;

    CsvRows(Reader text, char separator, TableLimits limits) throws IOException {
        this.mostValues = limits.columns();
        this.parser = CsvFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxStringLength(limits.lineLength())
                        .build())
                .enable(CsvParser.Feature.SKIP_EMPTY_LINES)
                .build()
                .createParser(text);
        parser.setSchema(CsvSchema.emptySchema().withColumnSeparator(separator));
    }

    /** The values of the next row; empty at the end. */
    List<String> next() throws IOException {
        try {
            return read();
        } catch (JacksonException e) {
            throw Refusal.of(place() + " cannot be read: a quote is not closed, or something follows one.");
        }
    }

    private List<String> read() throws IOException {
        List<String> values = new ArrayList<>();
        if (parser.nextToken() == null) {
            return values;
        }
        isHeader = line == 0;
        line = parser.currentLocation().getLineNr();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (values.size() == mostValues) {
                throw Refusal.of(place() + " has more than " + mostValues + " columns, the maximum: leave some out.");
            }
            values.add(parser.getText().strip());
        }
        return values;
    }

    /** The line of the file on which the last row begins, from 1. */
    int line() {
        return line;
    }

    /** The position of the last row, for messages. */
    String place() {
        return isHeader ? "The header" : "Line " + line;
    }
}
