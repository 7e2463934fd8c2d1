package org.librarypeers.oai;

import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Texts of records as HTML. Dublin Core says nothing about markup, so most repositories send plain text, and some send HTML. */
final class DescriptionText {

    private static final Pattern ELEMENT = Pattern.compile(
            "(?i)</?(p|br|b|i|u|em|strong|a|ul|ol|li|div|span|h[1-6]|sub|sup|table|tr|td|th|blockquote|img|hr|pre|code)(\\s[^<>]*)?/?>");
    private static final Pattern PARAGRAPH = Pattern.compile("\\s*\\n\\s*\\n\\s*");

    private DescriptionText() {}

    /** Returns the text as HTML: unchanged if it has an element of HTML, otherwise in paragraphs with everything escaped. */
    static String html(String text) {
        return ELEMENT.matcher(text).find()
                ? text.strip()
                : Stream.of(PARAGRAPH.split(text.strip()))
                        .filter(part -> !part.isBlank())
                        .map(DescriptionText::paragraph)
                        .collect(Collectors.joining());
    }

    /** Returns a paragraph with this plain text. */
    static String paragraph(String text) {
        return "<p>" + text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") + "</p>";
    }
}
