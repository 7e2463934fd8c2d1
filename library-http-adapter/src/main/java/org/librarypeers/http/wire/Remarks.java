package org.librarypeers.http.wire;

import java.util.ArrayList;
import java.util.List;
import org.librarypeers.domain.Remark;
import org.librarypeers.domain.Remark.Kind;
import tools.jackson.databind.JsonNode;

/** Collects what is corrected or left out while one resource is read. */
final class Remarks {

    /** The most remarks on one resource; a last one then says how many more there are. */
    static final int MAX = 200;

    private static final int SHOWN = 60;

    private final List<Remark> all = new ArrayList<>();
    private int more;

    void add(Kind kind, String field, String detail) {
        if (all.size() < MAX) {
            all.add(new Remark(kind, field, detail));
        } else {
            more++;
        }
    }

    /** Returns the remarks in the order in which they were made. */
    List<Remark> all() {
        List<Remark> remarks = new ArrayList<>(all);
        if (more > 0) {
            remarks.add(new Remark(Kind.VALUE_NOT_UNDERSTOOD, "", more + " more remarks on this resource"));
        }
        return remarks;
    }

    /** Returns a value as a detail may show it: the beginning of a text or number, only the type of a list or object. */
    static String shown(JsonNode value) {
        return value.isArray() ? "a list" : value.isObject() ? "an object" : shown(value.asString());
    }

    /** Returns the beginning of a text in quotation marks. */
    static String shown(String text) {
        return '"' + (text.length() > SHOWN ? TextCleaner.cut(text, SHOWN) : text) + '"';
    }
}
