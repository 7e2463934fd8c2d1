package org.librarypeers.app.web;

import gg.jte.Content;
import gg.jte.TemplateOutput;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.safety.Cleaner;
import org.jsoup.safety.Safelist;
import org.jspecify.annotations.Nullable;

/**
 * HTML that may be shown as it is: what somebody else wrote, less all that could do something. Texts, headings, lists, tables,
 * emphasis and links to http, https and mailto are left; no script, style, form, frame, picture or event.
 */
public final class SafeHtml implements Content {

    private static final Cleaner CLEANER =
            new Cleaner(kept().addEnforcedAttribute("a", "rel", "nofollow noopener ugc"));
    private static final Cleaner OF_AUTHORS = new Cleaner(kept().removeEnforcedAttribute("a", "rel"));
    private static final int PAGE_HEADINGS = 2;
    private static final int LOWEST_HEADING = 6;

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
                .removeProtocols("a", "href", "ftp");
    }

    /** What is harmless of HTML that somebody writes here, to be kept: as it was written, its headings as they are. */
    public static String written(String html) {
        Document kept = OF_AUTHORS.clean(Jsoup.parseBodyFragment(html));
        kept.outputSettings().prettyPrint(false);
        return kept.body().html();
    }

    /** What is harmless of that HTML. Its headings begin below those of the page. */
    public static SafeHtml clean(String html) {
        Document kept = CLEANER.clean(Jsoup.parseBodyFragment(html));
        kept.outputSettings().prettyPrint(false);
        for (Element heading : kept.select("h1, h2, h3, h4, h5, h6")) {
            int level = heading.normalName().charAt(1) - '0';
            heading.tagName("h" + Math.min(LOWEST_HEADING, level + PAGE_HEADINGS));
        }
        return new SafeHtml(kept.body().html());
    }

    /** What that HTML says, without its markup, on one line. */
    public static String text(String html) {
        return Jsoup.parse(html).text();
    }

    /** Where the links of that HTML lead, each address once, in order, as they are written: not safe to link to. */
    static Set<String> addresses(String html) {
        return Jsoup.parse(html).select("[href]").stream()
                .map(link -> link.attr("href").strip())
                .filter(address -> !address.isEmpty())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** An address that a page may link to, http, https, mailto, or one of this library; null for any other. */
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
