package org.librarypeers.app.resources;

import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Entities;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.librarypeers.app.web.SafeHtml;

/** The conversion of descriptions between stored HTML and the text that a user edits. */
final class RichText {

    private static final Pattern TAG = Pattern.compile("<[a-zA-Z/!]");
    private static final Pattern BLANK_LINES = Pattern.compile("\\n[ \\t]*(?:\\n[ \\t]*)+");

    private RichText() {}

    /** Returns the editable form of stored HTML: plain text if it consists only of paragraphs, otherwise the HTML itself. */
    static String typed(String html) {
        Document parsed = Jsoup.parseBodyFragment(html);
        boolean plain = parsed.body().childNodes().stream().allMatch(RichText::isPlainBlock);
        if (!plain) {
            return html;
        }
        String text = parsed.body().childNodes().stream()
                .map(RichText::lines)
                .filter(each -> !each.isBlank())
                .collect(Collectors.joining("\n\n"));
        return TAG.matcher(text).find() ? html : text;
    }

    private static boolean isPlainBlock(Node node) {
        if (node instanceof Element element) {
            return element.normalName().equals("p")
                    && element.attributesSize() == 0
                    && element.childNodes().stream().allMatch(RichText::isPlain);
        }
        return node instanceof TextNode;
    }

    private static boolean isPlain(Node node) {
        return node instanceof TextNode
                || (node instanceof Element element && element.normalName().equals("br"));
    }

    private static String lines(Node block) {
        if (block instanceof TextNode text) {
            return text.text().strip();
        }
        StringBuilder lines = new StringBuilder();
        for (Node node : block.childNodes()) {
            lines.append(node instanceof TextNode text ? text.text() : "\n");
        }
        return lines.toString()
                .lines()
                .map(String::strip)
                .collect(Collectors.joining("\n"))
                .strip();
    }

    /** Returns the safe HTML for typed text. */
    static String html(String typed) {
        String text = typed.replace("\r\n", "\n").strip();
        if (text.isEmpty()) {
            return "";
        }
        if (TAG.matcher(text).find()) {
            String written = SafeHtml.written(text);
            return SafeHtml.text(written).isBlank() ? "" : written;
        }
        return BLANK_LINES
                .splitAsStream(text)
                .map(paragraph -> "<p>" + Entities.escape(paragraph.strip()).replace("\n", "<br>") + "</p>")
                .collect(Collectors.joining());
    }
}
