package dev.foretell.worker.training.table;

import dev.foretell.commons.training.TableHeader;
import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;

/**
 * Reads a table from a CSV in UTF-8 with a header, in one pass and within {@link TableLimits}. An unusable table is refused
 * with a message that names the place, a line of the file from 1, and the remedy.
 */
public final class CsvTable {
    private static final int FEWEST_ROWS = 5;
    private static final int IGNORED = -1;

    private final CsvOptions options;
    private final boolean keepsRows;

    private CsvTable(CsvOptions options, boolean keepsRows) {
        this.options = options;
        this.keepsRows = keepsRows;
    }

    /**
     * @throws dev.foretell.commons.failure.ServingException INVALID_INPUT if a training cannot use the table
     * @throws IOException from the bytes; they are read to their end and not closed
     */
    public static Table read(InputStream bytes, CsvOptions options) throws IOException {
        return new CsvTable(options, true).pass(bytes, (row, isText) -> {}).table();
    }

    /**
     * Reads a table of any length, with the same checks, and keeps none of its rows.
     *
     * @param rows gets each row as it is read; what is wrong with a whole column shows only at the end
     * @throws dev.foretell.commons.failure.ServingException INVALID_INPUT if a training cannot use the table
     * @throws IOException from the bytes, or the receiver of rows
     */
    public static ScannedTable scan(InputStream bytes, CsvOptions options, RowReceiver rows) throws IOException {
        return new CsvTable(options, false).pass(bytes, rows);
    }

    private ScannedTable pass(InputStream bytes, RowReceiver receiver) throws IOException {
        DigestInputStream digested = new DigestInputStream(bytes, sha256());
        TextInput text = new TextInput(digested, options.limits().lineLength());
        CsvRows rows = new CsvRows(text, options.separator(), options.limits());
        List<ColumnReader> columns = columns(header(rows));
        TargetCounts counts = new TargetCounts(options.limits().classes());
        int count = readRows(rows, columns, (row, isText) -> {
            counts.add(row[row.length - 1]);
            receiver.accept(row, isText);
        });
        return table(
                columns,
                counts,
                count,
                HexFormat.of().formatHex(digested.getMessageDigest().digest()));
    }

    private List<String> header(CsvRows rows) throws IOException {
        List<String> names = rows.next();
        if (names.isEmpty()) {
            throw Refusal.of("The table is empty: its first line must be the names of its columns.");
        }
        if (names.stream().allMatch(name -> Words.number(name).isPresent())) {
            throw Refusal.of("The first line holds numbers: it must be the names of the columns.");
        }
        requireSeparator(names);
        requireNames(names);
        return names;
    }

    private void requireSeparator(List<String> names) {
        String line = names.get(0);
        for (char other : new char[] {';', '\t', ',', '|'}) {
            if (names.size() == 1 && line.indexOf(other) >= 0) {
                throw Refusal.of("The header has one column, " + Refusal.quote(line)
                        + ": its values seem to be separated by '" + (other == '\t' ? "tab" : other) + "', not by '"
                        + options.separator()
                        + "': name the separator (parameters.separator, --separator), or change the"
                        + " file.");
            }
        }
    }

    private void requireNames(List<String> names) {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < names.size(); i++) {
            if (names.get(i).isEmpty()) {
                throw Refusal.of("Column " + (i + 1) + " has no name in the header.");
            }
            if (!seen.add(names.get(i))) {
                throw Refusal.of("The header has the column " + Refusal.quote(names.get(i)) + " twice.");
            }
        }
        TableHeader header = new TableHeader(names);
        header.requireColumn("target", options.target());
        options.ignored().forEach(column -> header.requireColumn("column to ignore", column));
        options.categories().forEach(column -> header.requireColumn("column of categories", column));
        if (options.ignored().contains(options.target())) {
            throw Refusal.of("The target " + Refusal.quote(options.target()) + " is among the columns to ignore.");
        }
    }

    private List<ColumnReader> columns(List<String> names) {
        List<ColumnReader> columns = new ArrayList<>();
        for (String name : names) {
            boolean target = name.equals(options.target());
            boolean texts = options.categories().contains(name)
                    || options.ignored().contains(name)
                    || target && options.kind() == TargetKind.CLASSIFICATION;
            columns.add(new ColumnReader(
                    name,
                    texts,
                    target ? options.limits().classes() : options.limits().categories(),
                    target,
                    keepsRows));
        }
        return columns;
    }

    private int readRows(CsvRows rows, List<ColumnReader> columns, RowReceiver receiver) throws IOException {
        int count = 0;
        long most = options.limits().cells() / columns.size();
        int[] places = places(columns);
        ColumnReader[] read = new ColumnReader[1 + Arrays.stream(places).max().orElseThrow()];
        for (int i = 0; i < places.length; i++) {
            if (places[i] != IGNORED) {
                read[places[i]] = columns.get(i);
            }
        }
        IntPredicate isText = cell -> read[cell].texts();
        double[] cells = new double[read.length];
        for (List<String> row = rows.next(); !row.isEmpty(); row = rows.next()) {
            if (row.size() != columns.size()) {
                throw Refusal.of(rows.place() + " has " + row.size() + (row.size() == 1 ? " value" : " values")
                        + " where the header has " + columns.size() + ".");
            }
            if (count == most || count == Integer.MAX_VALUE) {
                throw Refusal.of("The table has more than " + count + " rows of " + columns.size()
                        + " columns, the maximum: leave rows or columns out.");
            }
            count++;
            for (int i = 0; i < places.length; i++) {
                if (places[i] != IGNORED) {
                    cells[places[i]] = columns.get(i).add(row.get(i), rows.line());
                }
            }
            receiver.accept(cells, isText);
        }
        return count;
    }

    /** Where each column is among the cells of a row: the features in their order, then the target. */
    private int[] places(List<ColumnReader> columns) {
        int[] places = new int[columns.size()];
        int features = 0;
        for (int i = 0; i < places.length; i++) {
            places[i] = isFeature(columns.get(i)) ? features++ : IGNORED;
        }
        for (int i = 0; i < places.length; i++) {
            places[i] = isTarget(columns.get(i)) ? features : places[i];
        }
        return places;
    }

    private boolean isTarget(ColumnReader column) {
        return column.name().equals(options.target());
    }

    private boolean isFeature(ColumnReader column) {
        return !isTarget(column) && !options.ignored().contains(column.name());
    }

    private ScannedTable table(List<ColumnReader> readers, TargetCounts counts, int rows, String sha256) {
        if (rows < FEWEST_ROWS) {
            throw Refusal.of("The table has " + rows + (rows == 1 ? " row" : " rows") + ": at least " + FEWEST_ROWS
                    + " are needed.");
        }
        ColumnReader target =
                readers.stream().filter(this::isTarget).findFirst().orElseThrow();
        TargetReader reader = new TargetReader(target, options.limits().classes());
        Target answers = keepsRows
                ? reader.target(options.kind())
                : reader.withoutRows(options.kind(), counts.texts(), counts.isConstant());
        List<Column> features = readers.stream()
                .filter(this::isFeature)
                .map(ColumnReader::feature)
                .toList();
        if (features.isEmpty()) {
            throw Refusal.of("The table has no column beside its target: there is nothing to predict from.");
        }
        return new ScannedTable(
                new Features(features, keepsRows ? rows : 0), answers, target.categories(), rows, sha256);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Each Java platform has SHA-256", e);
        }
    }
}
