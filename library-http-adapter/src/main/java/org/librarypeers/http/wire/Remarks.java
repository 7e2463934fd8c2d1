package org.librarypeers.http.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.librarypeers.domain.Count;
import org.librarypeers.domain.Remark;
import org.librarypeers.domain.Remark.Kind;
import org.librarypeers.domain.TextCut;
import tools.jackson.databind.JsonNode;

/** A collector of the remarks on one resource while it is read. */
final class Remarks {

    /** The maximum number of remarks on one resource. One more remark states how many others there are. */
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

    /** Returns the remarks in the order in which they were added. */
    List<Remark> all() {
        List<Remark> remarks = new ArrayList<>(all);
        if (more > 0) {
            remarks.add(new Remark(Kind.VALUE_NOT_UNDERSTOOD, "", Count.of(more, "more remark") + " on this resource"));
        }
        return remarks;
    }

    /** Returns the detail of a remark on a text that is too long. */
    static String tooLong(int length, int most) {
        return String.format(Locale.ROOT, "%,d characters long; at most %,d are allowed", length, most);
    }

    /** Returns a value for the detail of a remark: the beginning of a text or number, or only the type of a list or object. */
    static String shown(JsonNode value) {
        return value.isArray() ? "a list" : value.isObject() ? "an object" : shown(value.asString());
    }

    /** Returns the beginning of a text in quotation marks. */
    static String shown(String text) {
        return '"' + TextCut.shorten(text, SHOWN) + '"';
    }
}
