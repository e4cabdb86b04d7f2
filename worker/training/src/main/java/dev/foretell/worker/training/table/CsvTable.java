package dev.foretell.worker.training.table;

import dev.foretell.commons.training.TableHeader;
import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/**
 * Reads a table from a CSV in UTF-8 with a header, in one pass and within {@link TableLimits}. An unusable table is refused
 * with a message that names the place, a line of the file from 1, and the remedy.
 */
public final class CsvTable {
    private static final int FEWEST_ROWS = 5;

    private final CsvOptions options;

    private CsvTable(CsvOptions options) {
        this.options = options;
    }

    /**
     * @throws dev.foretell.commons.failure.ServingException INVALID_INPUT if a training cannot use the table
     * @throws IOException from the bytes; they are read to their end and not closed
     */
    public static Table read(InputStream bytes, CsvOptions options) throws IOException {
        return new CsvTable(options).read(bytes);
    }

    private Table read(InputStream bytes) throws IOException {
        DigestInputStream digested = new DigestInputStream(bytes, sha256());
        TextInput text = new TextInput(digested, options.limits().lineLength());
        CsvRows rows = new CsvRows(text, options.separator(), options.limits());
        List<ColumnReader> columns = columns(header(rows));
        int count = readRows(rows, columns);
        return table(
                columns,
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
                    target));
        }
        return columns;
    }

    private int readRows(CsvRows rows, List<ColumnReader> columns) throws IOException {
        int count = 0;
        long most = options.limits().cells() / columns.size();
        for (List<String> row = rows.next(); !row.isEmpty(); row = rows.next()) {
            if (row.size() != columns.size()) {
                throw Refusal.of(rows.place() + " has " + row.size() + (row.size() == 1 ? " value" : " values")
                        + " where the header has " + columns.size() + ".");
            }
            if (count++ == most) {
                throw Refusal.of("The table has more than " + most + " rows of " + columns.size()
                        + " columns, the maximum: leave rows or columns out.");
            }
            for (int i = 0; i < columns.size(); i++) {
                if (!options.ignored().contains(columns.get(i).name())) {
                    columns.get(i).add(row.get(i), rows.line());
                }
            }
        }
        return count;
    }

    private Table table(List<ColumnReader> readers, int rows, String sha256) {
        if (rows < FEWEST_ROWS) {
            throw Refusal.of("The table has " + rows + (rows == 1 ? " row" : " rows") + ": at least " + FEWEST_ROWS
                    + " are needed.");
        }
        ColumnReader target = readers.stream()
                .filter(column -> column.name().equals(options.target()))
                .findFirst()
                .orElseThrow();
        Target answers = new TargetReader(target, options.limits().classes()).target(options.kind());
        List<Column> features = readers.stream()
                .filter(column -> column != target && !options.ignored().contains(column.name()))
                .map(ColumnReader::feature)
                .toList();
        if (features.isEmpty()) {
            throw Refusal.of("The table has no column beside its target: there is nothing to predict from.");
        }
        return new Table(new Features(features, rows), answers, sha256);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Each Java platform has SHA-256", e);
        }
    }
}
