package org.librarypeers.app.reader;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import org.librarypeers.domain.Attachment;
import org.librarypeers.domain.EnumWord;

/** The kind of content at an address, as far as the address itself reveals it. */
enum LinkKind {
    PDF,
    VIDEO,
    AUDIO,
    PICTURE,
    SLIDES,
    DOCUMENT,
    TABLE,
    ARCHIVE,
    APP,
    FILE,
    PAGE;

    /**
     * Returns the kind of content by the file extension or the host of the address. If neither is recognized, a link leads to
     * a page and a file is of an unknown kind.
     */
    static LinkKind of(Attachment attachment) {
        String url = attachment.url();
        return byEnding(ending(url)).or(() -> byHost(host(url))).orElseGet(() -> switch (attachment.kind()) {
            case LINK -> PAGE;
            case FILE -> FILE;
        });
    }

    private static Optional<LinkKind> byEnding(String ending) {
        return Optional.ofNullable(
                switch (ending) {
                    case "pdf" -> PDF;
                    case "mp4", "m4v", "webm", "mov", "avi", "mkv", "3gp", "ogv", "mpg", "mpeg" -> VIDEO;
                    case "mp3", "m4a", "ogg", "oga", "wav", "amr" -> AUDIO;
                    case "jpg", "jpeg", "png", "gif", "webp", "svg" -> PICTURE;
                    case "ppt", "pptx", "pps", "ppsx", "odp" -> SLIDES;
                    case "doc", "docx", "odt", "rtf", "txt", "epub" -> DOCUMENT;
                    case "xls", "xlsx", "ods", "csv" -> TABLE;
                    case "zip", "7z", "rar", "gz", "tar", "mbz", "h5p" -> ARCHIVE;
                    case "apk" -> APP;
                    default -> null;
                });
    }

    private static Optional<LinkKind> byHost(String host) {
        return Optional.ofNullable(
                switch (host) {
                    case "youtube.com", "m.youtube.com", "youtu.be", "vimeo.com", "player.vimeo.com" -> VIDEO;
                    case "soundcloud.com" -> AUDIO;
                    case "play.google.com", "apps.apple.com" -> APP;
                    default -> null;
                });
    }

    /** Returns the host of an address without {@code www.}, in lower case; empty if the address has no host or is invalid. */
    static String host(String url) {
        try {
            String host = URI.create(withoutQuery(url)).getHost();
            return host == null ? "" : host.toLowerCase(Locale.ROOT).replaceFirst("^www\\.", "");
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    private static String ending(String url) {
        String path = withoutQuery(url).replaceFirst("^[a-zA-Z]+://[^/]*", "");
        int dot = path.lastIndexOf('.');
        return dot > path.lastIndexOf('/') ? path.substring(dot + 1).toLowerCase(Locale.ROOT) : "";
    }

    private static String withoutQuery(String url) {
        return url.strip().replaceAll("[?#].*", "");
    }

    /** Returns the last part of the message key for this kind. */
    String word() {
        return EnumWord.of(this);
    }
}
