package dev.foretell.worker.onnx.call;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.identity.NearestNames;
import dev.foretell.commons.tensor.Tensor;
import dev.foretell.commons.tensor.TensorJson;
import dev.foretell.commons.tensor.TensorSpec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads rows of named values, {@code [{"age": 3}, {"age": 4}]}, column by column. Used once. */
final class RowsReader {
    private final Columns columns;
    private final List<TokenBuffer> values = new ArrayList<>();
    private final Map<String, Integer> places = new HashMap<>();
    /** The last row with a value, by column. */
    private final int[] last;

    private int rows;

    RowsReader(JsonParser in, Columns columns) throws IOException {
        columns.require();
        this.columns = columns;
        this.last = new int[columns.specs().size()];
        for (TensorSpec spec : columns.specs()) {
            TokenBuffer buffer = new TokenBuffer(in);
            buffer.writeStartArray();
            places.put(spec.name(), values.size());
            values.add(buffer);
        }
    }

    /** Whether an array's first element is an object, or the array is empty and the model takes only rows. */
    static boolean areIn(byte[] array, Columns columns) {
        int at = 0;
        while (array[at] != '[') {
            at++;
        }
        at++;
        while (at < array.length && array[at] <= ' ' && array[at] >= 0) {
            at++;
        }
        return at < array.length && (array[at] == '{' || (array[at] == ']' && columns.takeRowsOnly()));
    }

    /** All rows of the array; the parser is at the first one. */
    InferenceInput all(JsonParser in) throws IOException {
        for (; in.currentToken() != JsonToken.END_ARRAY; in.nextToken()) {
            if (in.currentToken() != JsonToken.START_OBJECT) {
                throw Columns.misfit("row " + (rows + 1) + " is not an object of columns like the rows before it");
            }
            in.nextToken();
            row(in);
        }
        return question();
    }

    /** The only row; the parser is at its first name. */
    InferenceInput one(JsonParser in) throws IOException {
        row(in);
        return question();
    }

    private void row(JsonParser in) throws IOException {
        rows++;
        for (; in.currentToken() == JsonToken.FIELD_NAME; in.nextToken()) {
            int place = place(in.currentName());
            if (last[place] == rows) {
                throw wrong(in.currentName(), "is given twice");
            }
            last[place] = rows;
            if (in.nextToken().isStructStart()) {
                throw wrong(in.currentName(), "must be one value");
            }
            values.get(place).copyCurrentEvent(in);
        }
        requireAll();
    }

    private int place(String name) {
        Integer place = places.get(name);
        if (place == null) {
            throw Columns.misfit("row " + rows + " has '" + NearestNames.abbreviate(name) + "', which is not a column"
                    + NearestNames.of(name, columns.names()));
        }
        return place;
    }

    private void requireAll() {
        for (int i = 0; i < last.length; i++) {
            if (last[i] != rows) {
                throw Columns.misfit("row " + rows + " has no '"
                        + NearestNames.abbreviate(columns.names().get(i)) + "'; the model's columns are "
                        + String.join(", ", columns.names()));
            }
        }
    }

    private ServingException wrong(String name, String what) {
        return Columns.misfit("row " + rows + ": '" + NearestNames.abbreviate(name) + "' " + what);
    }

    private InferenceInput question() throws IOException {
        List<Tensor> tensors = new ArrayList<>(values.size());
        for (int i = 0; i < values.size(); i++) {
            values.get(i).writeEndArray();
            TensorSpec spec = columns.specs().get(i);
            try (JsonParser column = values.get(i).asParser()) {
                column.nextToken();
                tensors.add(TensorJson.read(column, spec.name(), spec.datatype(), null, Integer.MAX_VALUE));
            }
        }
        return new InferenceInput(columns.tensors(tensors, rows), Set.of(), OutputForm.BY_NAME);
    }
}
