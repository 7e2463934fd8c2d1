package org.librarypeers.app.web;

import gg.jte.Content;
import gg.jte.TemplateOutput;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.safety.Cleaner;
import org.jsoup.safety.Safelist;
import org.jsoup.select.NodeVisitor;
import org.jspecify.annotations.Nullable;

/**
 * Untrusted HTML that has been made safe to show. Text, headings, lists, tables, emphasis and links to http, https and mailto are
 * kept. Scripts, styles, forms, frames and event handlers are removed. A picture is replaced by the copy of this library, or by its
 * alternative text. The content cannot make a page wider.
 */
public final class SafeHtml implements Content {

    private static final Cleaner CLEANER =
            new Cleaner(kept().addEnforcedAttribute("a", "rel", "nofollow noopener ugc"));
    private static final Cleaner OF_AUTHORS =
            new Cleaner(kept().removeEnforcedAttribute("a", "rel").addProtocols("img", "src", "http", "https"));
    private static final int PAGE_HEADINGS = 2;
    private static final int LOWEST_HEADING = 6;

    /** The elements that browsers indent. They can be nested up to a limit; deeper ones keep their text without indentation. */
    private static final Set<String> INDENTED = Set.of("ul", "ol", "dl", "dd", "blockquote", "table");

    /** The indented elements, and the elements that can only occur inside them. */
    private static final Set<String> BLOCKS = Set.of(
            "ul",
            "ol",
            "li",
            "dl",
            "dt",
            "dd",
            "blockquote",
            "table",
            "caption",
            "thead",
            "tbody",
            "tfoot",
            "tr",
            "th",
            "td");

    private static final int MOST_INDENTS = 6;

    private final String html;

    private SafeHtml(String html) {
        this.html = html;
    }

    private static Safelist kept() {
        return Safelist.basic()
                .addTags(
                        "h1", "h2", "h3", "h4", "h5", "h6", "hr", "table", "thead", "tbody", "tfoot", "tr", "th", "td",
                        "caption")
                .addAttributes("td", "colspan", "rowspan")
                .addAttributes("th", "colspan", "rowspan", "scope")
                .addAttributes("ol", "start")
                .addTags("img")
                .addAttributes("img", "src", "alt")
                .removeProtocols("a", "href", "ftp");
    }

    /** Returns the safe part of HTML that a user of this library has written, for saving. Headings keep their level. */
    public static String written(String html) {
        Document kept = OF_AUTHORS.clean(Jsoup.parseBodyFragment(html));
        kept.outputSettings().prettyPrint(false);
        kept.select("img:not([src])").remove();
        return kept.body().html();
    }

    /** Returns the safe part of the HTML without pictures. Headings are moved below those of the page. */
    public static SafeHtml clean(String html) {
        return clean(html, PagePictures.NONE, "");
    }

    /**
     * Returns the safe part of the HTML. Headings are moved below those of the page.
     *
     * @param pictures the copies of its pictures
     * @param base see {@link org.librarypeers.app.pictures.NamedPictures#base}
     */
    public static SafeHtml clean(String html, PagePictures pictures, String base) {
        return new SafeHtml(cleaned(html, pictures, base).body().html());
    }

    private static Document cleaned(String html, PagePictures pictures, String base) {
        Document kept = CLEANER.clean(Jsoup.parseBodyFragment(html));
        kept.outputSettings().prettyPrint(false);
        for (Element heading : kept.select("h1, h2, h3, h4, h5, h6")) {
            int level = heading.normalName().charAt(1) - '0';
            heading.tagName("h" + Math.min(LOWEST_HEADING, level + PAGE_HEADINGS));
        }
        kept.select("img")
                .forEach(image -> pictures.inText(image, base)
                        .ifPresentOrElse(picture -> show(image, picture), () -> replaceByText(image)));
        flatten(kept.body());
        // Wide tables scroll on their own instead of widening the page; the tab index makes this possible by
        // keyboard.
        kept.select("table:not(table table)").forEach(table -> table.wrap("<div class=\"wide\" tabindex=\"0\"></div>"));
        return kept;
    }

    private static void show(Element image, PagePictures.PagePicture picture) {
        String text = image.attr("alt");
        image.clearAttributes().attr("src", picture.address()).attr("alt", text).attr("loading", "lazy");
        if (picture.width() != null && picture.height() != null) {
            image.attr("width", picture.width().toString())
                    .attr("height", picture.height().toString());
        }
    }

    private static void replaceByText(Element image) {
        String text = image.attr("alt").strip();
        if (text.isEmpty()) {
            image.remove();
        } else {
            image.replaceWith(new TextNode("[" + text + "]"));
        }
    }

    /** Returns {@link #checked(String, Wording, PagePictures, String)} of HTML without pictures. */
    public static SafeHtml checked(String html, Wording words) {
        return checked(html, words, PagePictures.NONE, "");
    }

    /**
     * Returns the safe part of the HTML for a reviewer. Invisible characters are marked, and the other spelling of
     * internationalized hosts is shown. For the pictures, see {@link #clean(String, PagePictures, String)}.
     */
    public static SafeHtml checked(String html, Wording words, PagePictures pictures, String base) {
        Document kept = cleaned(html, pictures, base);
        for (Element link : kept.select("a[href]")) {
            String address = link.attr("href");
            String other = HostNames.otherSpelling(address);
            String unseen = RevealedText.names(address);
            if (other != null || !unseen.isEmpty()) {
                String text = other == null ? unseen : unseen.isEmpty() ? other : other + " " + unseen;
                Element mark = new Element("span").attr("class", "mark warn");
                mark.text(words.say("diff.unseen.host", text));
                link.after(mark);
                link.after(" ");
            }
        }
        // Collected first, because the marks change the tree.
        List<TextNode> texts = kept.body().nodeStream(TextNode.class).toList();
        texts.forEach(text -> RevealedText.mark(text, words));
        return new SafeHtml(kept.body().html());
    }

    /** Replaces lists, quotations and tables that are nested too deeply, with their rows, by plain blocks. */
    private static void flatten(Element body) {
        List<Element> deep = new ArrayList<>();
        body.traverse(new NodeVisitor() {
            private int indents;

            @Override
            public void head(Node node, int depth) {
                if (INDENTED.contains(node.nodeName())) {
                    indents++;
                }
                if (indents > MOST_INDENTS && node instanceof Element element && BLOCKS.contains(node.nodeName())) {
                    deep.add(element);
                }
            }

            @Override
            public void tail(Node node, int depth) {
                if (INDENTED.contains(node.nodeName())) {
                    indents--;
                }
            }
        });
        deep.forEach(element -> element.clearAttributes().tagName("div"));
    }

    /** Returns the text of the HTML without markup, on one line. */
    public static String text(String html) {
        return Jsoup.parse(html).text();
    }

    /** Returns the text of the HTML like {@link #text}, but keeps all invisible characters. */
    static String exactText(String html) {
        StringBuilder text = new StringBuilder();
        Jsoup.parse(html).body().traverse((node, depth) -> {
            if (node instanceof TextNode part) {
                text.append(part.getWholeText());
            } else if (node instanceof Element element
                    && (element.isBlock() || element.normalName().equals("br"))) {
                text.append(' ');
            }
        });
        return text.toString().replaceAll("[ \\t\\n\\r\\f]+", " ").replaceAll("^ | $", "");
    }

    /** Returns the distinct addresses of the links in the HTML, in order and unchanged. They are not safe to link to. */
    static Set<String> addresses(String html) {
        return Jsoup.parse(html).select("[href]").stream()
                .map(link -> link.attr("href").strip())
                .filter(address -> !address.isEmpty())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /**
     * Returns the address if a page may link to it: http, https, mailto, or a media file of this library. Returns null for any
     * other.
     */
    public static @Nullable String address(@Nullable String url) {
        if (url == null) {
            return null;
        }
        String stripped = url.strip();
        String lower = stripped.toLowerCase(Locale.ROOT);
        boolean good = lower.startsWith("https://")
                || lower.startsWith("http://")
                || lower.startsWith("mailto:")
                || lower.startsWith("/media/");
        return good ? stripped : null;
    }

    @Override
    public void writeTo(TemplateOutput output) {
        output.writeContent(html);
    }

    @Override
    public boolean isEmptyContent() {
        return html.isBlank();
    }

    @Override
    public String toString() {
        return html;
    }
}
