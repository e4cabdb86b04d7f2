package dev.foretell.worker.function;

import java.util.Map;

/** The body of a call: JSON text or other bytes, or the fields and files of a form. */
public interface CallBody {
    /** Handles each kind of body. */
    interface Reader<T> {
        T json(byte[] text);

        /** Field names with their text, file names with their uploads. */
        T form(Map<String, String> fields, Map<String, UploadedFile> files);

        /**
         * A body for a function that asks for {@linkplain ServedFunction#headers headers}, with those that were sent.
         */
        default T bytes(byte[] body, Map<String, String> headers) {
            return json(body);
        }
    }

    <T> T readBy(Reader<T> reader);

    /** JSON text that has not been parsed. */
    static CallBody ofJson(byte[] text) {
        return new CallBody() {
            @Override
            public <T> T readBy(Reader<T> reader) {
                return reader.json(text);
            }
        };
    }

    /** A body of any kind, with the headers that its function asks for. */
    static CallBody ofBytes(byte[] body, Map<String, String> headers) {
        return new CallBody() {
            @Override
            public <T> T readBy(Reader<T> reader) {
                return reader.bytes(body, headers);
            }
        };
    }

    /** A {@code multipart/form-data} body. */
    static CallBody ofForm(Map<String, String> fields, Map<String, UploadedFile> files) {
        return new CallBody() {
            @Override
            public <T> T readBy(Reader<T> reader) {
                return reader.form(fields, files);
            }
        };
    }
}
