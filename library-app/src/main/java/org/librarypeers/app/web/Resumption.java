package org.librarypeers.app.web;

import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A form that was sent when nobody was signed in any more, or with the token of an earlier session. Pages carry it along until
 * it can be sent again.
 *
 * @param path where it was sent, with the query
 * @param fields what it held, in order
 * @param lostFiles whether files came with it, which pages cannot carry
 */
public record Resumption(String path, List<Field> fields, boolean lostFiles) {

    private static final String PATH = "resume";
    private static final String FILES = "resume-files";
    private static final String FIELD = "resumed:";

    /** Strangers send no more than this, and no large files. */
    private static final long MOST_BYTES = 1_000_000;

    private static final Set<String> LEFT_OUT = Set.of("csrf");

    /** Keeps a copy. */
    public Resumption {
        fields = List.copyOf(fields);
    }

    /** One value of the form. */
    public record Field(String name, String value) {

        /** Returns the name by which a page carries it. */
        public String carried() {
            return FIELD + name;
        }
    }

    /**
     * Returns the form that was sent, if it can be carried: it must come from a page of this library, as the browser says, and
     * be small.
     */
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

    /** Returns the form that a page carried along, if it did. */
    public static Optional<Resumption> carried(Visit visit) {
        String path = visit.field(PATH);
        if (path.isEmpty() || !Site.localPath(path).equals(path)) {
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
