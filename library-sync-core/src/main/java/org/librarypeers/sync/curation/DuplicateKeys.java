package org.librarypeers.sync.curation;

import java.net.URI;
import java.net.URISyntaxException;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Attachment;
import org.librarypeers.domain.AttachmentKind;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.Sha256;

/** Keys that likely duplicates have in common. */
public final class DuplicateKeys {

    /** A title that is shorter, such as "Test", says too little. In characters of its key. */
    private static final int SHORTEST_TITLE = 8;

    /** More links than this do not identify a resource. */
    private static final int MOST_LINKS = 20;

    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Pattern OTHERS = Pattern.compile("[^\\p{L}\\p{N}]+");
    private static final Pattern TRACKING = Pattern.compile("(?:utm_[a-z]+|fbclid|gclid)(?:=.*)?");

    private DuplicateKeys() {}

    /**
     * A key of a resource.
     *
     * @param reason what resources with the same key have in common
     * @param value 32 hexadecimal digits
     */
    public record Key(DuplicateRepository.Reason reason, String value) {}

    /** Returns the keys of a resource with this content: one for each language of the title, and one for each link. */
    public static Set<Key> of(ResourceContent content) {
        Set<Key> keys = new LinkedHashSet<>();
        content.title()
                .texts()
                .values()
                .forEach(text ->
                        title(text).ifPresent(title -> keys.add(key(DuplicateRepository.Reason.TITLE, title))));
        content.attachments(AttachmentKind.LINK).stream()
                .limit(MOST_LINKS)
                .map(Attachment::url)
                .flatMap(url -> link(url).stream())
                .forEach(link -> keys.add(key(DuplicateRepository.Reason.LINK, link)));
        return keys;
    }

    private static Key key(DuplicateRepository.Reason reason, String text) {
        return new Key(reason, Sha256.hex(reason.name() + ' ' + text).substring(0, 32));
    }

    /**
     * Returns a title without letter case, punctuation and diacritics. Empty if it is too short to tell resources apart.
     */
    public static Optional<String> title(String title) {
        String plain =
                MARKS.matcher(Normalizer.normalize(title, Normalizer.Form.NFKD)).replaceAll("");
        String words = OTHERS.matcher(plain.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT))
                .replaceAll(" ")
                .strip();
        return words.length() < SHORTEST_TITLE ? Optional.empty() : Optional.of(words);
    }

    /**
     * Returns a link without its scheme, a leading {@code www.}, the default port, a slash at the end, the fragment, and parameters that
     * only count visitors. Empty unless it is an address with {@code http} or {@code https} that is more than the home page of a site.
     */
    public static Optional<String> link(String link) {
        URI address;
        try {
            address = new URI(link.strip());
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
        String scheme = address.getScheme();
        String host = address.getHost();
        if (scheme == null || host == null || !List.of("http", "https").contains(scheme.toLowerCase(Locale.ROOT))) {
            return Optional.empty();
        }
        String path = address.getRawPath().replaceFirst("/+$", "");
        String query = query(address.getRawQuery());
        if (path.isEmpty() && query.isEmpty()) {
            return Optional.empty();
        }
        int port = address.getPort();
        String shown = port < 0 || port == 80 || port == 443 ? "" : ":" + port;
        return Optional.of(host.toLowerCase(Locale.ROOT).replaceFirst("^www\\.", "") + shown + path + query);
    }

    private static String query(@Nullable String raw) {
        String kept = raw == null
                ? ""
                : Arrays.stream(raw.split("&"))
                        .filter(parameter -> !parameter.isEmpty())
                        .filter(parameter -> !TRACKING.matcher(parameter).matches())
                        .collect(Collectors.joining("&"));
        return kept.isEmpty() ? "" : "?" + kept;
    }
}
