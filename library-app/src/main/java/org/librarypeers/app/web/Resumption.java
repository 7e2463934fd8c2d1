package org.librarypeers.app.web;

import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A form that was submitted after the session had ended, or with the token of an earlier session. Pages carry it in hidden fields
 * until it can be submitted again.
 *
 * @param path the path to which it was submitted, with the query
 * @param fields its values, in order
 * @param lostFiles whether it included files, which a page cannot carry
 */
public record Resumption(String path, List<Field> fields, boolean lostFiles) {

    private static final String PATH = "resume";
    private static final String FILES = "resume-files";
    private static final String FIELD = "resumed:";

    /** The maximum size of a form that a page carries, in bytes. Visitors without an account can send such forms. */
    private static final long MOST_BYTES = 1_000_000;

    private static final Set<String> LEFT_OUT = Set.of("csrf");

    /** Creates a resumption with a copy of the list. */
    public Resumption {
        fields = List.copyOf(fields);
    }

    /** One value of the form. */
    public record Field(String name, String value) {

        /** Returns the name of the hidden field. */
        public String carried() {
            return FIELD + name;
        }
    }

    /** Returns the submitted form if a page can carry it: its {@code Origin} must be this library, and it must be small. */
    static Optional<Resumption> sent(Visit visit) {
        Context ctx = visit.ctx();
        long length = ctx.req().getContentLengthLong();
        boolean ours = visit.absolute("").equals(ctx.header("Origin"));
        if (!ours || length < 0 || length > MOST_BYTES) {
            return Optional.empty();
        }
        List<Field> fields = new ArrayList<>();
        ctx.formParamMap().forEach((name, values) -> {
            if (!LEFT_OUT.contains(name)) {
                values.forEach(value -> fields.add(new Field(name, value)));
            }
        });
        boolean files = ctx.isMultipart()
                && ctx.uploadedFiles().stream()
                        .anyMatch(file -> !file.filename().isBlank());
        String query = ctx.queryString();
        return Optional.of(new Resumption(ctx.path() + (query == null ? "" : "?" + query), fields, files));
    }

    /** Returns the form that a page carried in hidden fields, if any. */
    public static Optional<Resumption> carried(Visit visit) {
        String path = visit.field(PATH);
        if (path.isEmpty() || !Website.localPath(path).equals(path)) {
            return Optional.empty();
        }
        List<Field> fields = new ArrayList<>();
        for (Map.Entry<String, List<String>> each : visit.ctx().formParamMap().entrySet()) {
            if (each.getKey().startsWith(FIELD)) {
                String name = each.getKey().substring(FIELD.length());
                each.getValue().forEach(value -> fields.add(new Field(name, value)));
            }
        }
        return Optional.of(new Resumption(path, fields, !visit.field(FILES).isEmpty()));
    }
}
