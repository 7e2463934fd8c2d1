package org.librarypeers.app.pictures;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.internal.StringUtil;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Attachment;
import org.librarypeers.domain.Origin;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.ResourceContent;

/** The pictures that a resource names: its image, and those inside its descriptions. */
public final class NamedPictures {

    /** The number of pictures of one description that are fetched. */
    private static final int MOST_IN_TEXT = 50;

    private static final String OWN = "/media/";

    private NamedPictures() {}

    /** Returns the addresses of the pictures of a resource, including those of a revision that waits for a review. */
    public static Set<String> of(Resource resource) {
        String base = base(resource);
        return Stream.of(
                        resource.revision().content(),
                        resource.revisions().toReview().content())
                .distinct()
                .collect(LinkedHashSet::new, (all, content) -> all.addAll(of(content, base)), Set::addAll);
    }

    /**
     * Returns the addresses of the pictures of some content.
     *
     * @param base the address against which relative addresses in descriptions are resolved; empty to leave them out
     */
    public static Set<String> of(ResourceContent content, String base) {
        Set<String> all = new LinkedHashSet<>();
        image(content.image()).ifPresent(all::add);
        for (String html : content.description().texts().values()) {
            Jsoup.parseBodyFragment(html).select("img[src]").stream()
                    .limit(MOST_IN_TEXT)
                    .flatMap(image -> inText(image, base).stream())
                    .forEach(all::add);
        }
        return all;
    }

    /** Returns the address against which the addresses in the descriptions of a resource are resolved; empty for our own. */
    public static String base(Resource resource) {
        if (resource.origin() instanceof Origin.FromPeer source) {
            String url = source.sourceUrl();
            return url == null ? source.sourceHost() : url;
        }
        return "";
    }

    /** Returns the address of the image of a resource: complete, or that of a file of this library. Empty if it is neither. */
    public static Optional<String> image(@Nullable String address) {
        return Optional.ofNullable(address)
                .map(String::strip)
                .filter(line -> isWeb(line) || line.startsWith(OWN))
                .filter(line -> line.length() <= Attachment.MAX_URL);
    }

    /** Returns the address of an {@code <img>} inside a description. See {@link #image}. */
    public static Optional<String> inText(Element image, String base) {
        String address = image.attr("src").strip();
        String whole = base.isEmpty() || isWeb(address) ? address : StringUtil.resolve(base, address);
        return image(whole);
    }

    private static boolean isWeb(String address) {
        return address.regionMatches(true, 0, "http://", 0, 7) || address.regionMatches(true, 0, "https://", 0, 8);
    }
}
