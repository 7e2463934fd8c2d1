package org.librarypeers.app.pages;

import java.net.URI;
import java.util.Locale;
import java.util.Set;

/** What is behind an address, as far as the address shows it. */
enum LinkKind {
    PDF(Set.of("pdf"), Set.of()),
    VIDEO(
            Set.of("mp4", "m4v", "webm", "mov", "avi", "mkv", "3gp", "ogv", "mpg", "mpeg"),
            Set.of("youtube.com", "youtu.be", "vimeo.com", "dailymotion.com")),
    AUDIO(Set.of("mp3", "m4a", "ogg", "oga", "wav", "amr"), Set.of("soundcloud.com")),
    PICTURE(Set.of("jpg", "jpeg", "png", "gif", "webp", "svg"), Set.of()),
    SLIDES(Set.of("ppt", "pptx", "odp", "pps", "ppsx"), Set.of()),
    DOCUMENT(Set.of("doc", "docx", "odt", "rtf", "txt", "epub"), Set.of()),
    TABLE(Set.of("xls", "xlsx", "ods", "csv"), Set.of()),
    ARCHIVE(Set.of("zip", "7z", "rar", "gz", "tar", "mbz", "h5p"), Set.of()),
    APP(Set.of("apk"), Set.of("play.google.com", "apps.apple.com")),
    FILE(Set.of(), Set.of()),
    PAGE(Set.of(), Set.of());

    private final Set<String> endings;
    private final Set<String> hosts;

    LinkKind(Set<String> endings, Set<String> hosts) {
        this.endings = endings;
        this.hosts = hosts;
    }

    /** What an address leads to; if it does not show, what it is said to be. */
    static LinkKind of(String url, LinkKind otherwise) {
        String ending = ending(url);
        String host = host(url);
        for (LinkKind kind : values()) {
            if (kind.endings.contains(ending) || kind.hosts.stream().anyMatch(each -> isOf(host, each))) {
                return kind;
            }
        }
        return otherwise;
    }

    private static boolean isOf(String host, String site) {
        return host.equals(site) || host.endsWith("." + site);
    }

    /** The host that an address names, without its {@code www}; empty if it names none. */
    static String host(String url) {
        try {
            String host = URI.create(url.strip().replaceAll("[?#].*", "")).getHost();
            return host == null ? "" : host.toLowerCase(Locale.ROOT).replaceFirst("^www\\.", "");
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    private static String ending(String url) {
        String path = url.strip().replaceAll("[?#].*", "").replaceFirst("^[a-zA-Z]+://[^/]*", "");
        int dot = path.lastIndexOf('.');
        return dot > path.lastIndexOf('/') ? path.substring(dot + 1).toLowerCase(Locale.ROOT) : "";
    }

    /** The last part of its key among the texts. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
