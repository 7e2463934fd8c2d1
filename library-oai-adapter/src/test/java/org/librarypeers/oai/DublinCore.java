package org.librarypeers.oai;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Metadata that tests write. */
final class DublinCore {

    private final StringBuilder xml = new StringBuilder();

    static DublinCore titled(String title) {
        return new DublinCore().add("title", title);
    }

    DublinCore add(String element, String text) {
        return add(element, null, text);
    }

    DublinCore add(String element, @Nullable String language, String text) {
        xml.append("<dc:" + element + (language == null ? "" : " xml:lang=\"" + language + "\"") + ">"
                + text.replace("&", "&amp;").replace("<", "&lt;") + "</dc:" + element + ">\n");
        return this;
    }

    DublinCore add(String element, Map<String, String> texts) {
        texts.forEach((language, text) -> add(element, language, text));
        return this;
    }

    @Override
    public String toString() {
        return xml.toString();
    }
}
