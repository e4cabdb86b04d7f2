package dev.foretell.worker.function;

import java.util.Map;

/** What a caller sent: JSON text or other bytes, or the fields and files of a form. */
public interface CallBody {
    /** Reads whichever shape it is. */
    interface Reader<T> {
        T json(byte[] text);

        /** Field names to their text, file names to what was uploaded. */
        T form(Map<String, String> fields, Map<String, UploadedFile> files);

        /** A body of a function that asks for {@linkplain ServedFunction#headers headers}, with those that were sent. */
        default T bytes(byte[] body, Map<String, String> headers) {
            return json(body);
        }
    }

    <T> T readBy(Reader<T> reader);

    /** JSON text, as yet unread. */
    static CallBody ofJson(byte[] text) {
        return new CallBody() {
            @Override
            public <T> T readBy(Reader<T> reader) {
                return reader.json(text);
            }
        };
    }

    /** A body of whatever kind, and the headers that its function asks for. */
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
