package org.librarypeers.domain;

import java.net.URI;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The type of the material behind an attachment, if its address reveals it. */
public enum MaterialType {
    /** A PDF file. */
    PDF,
    /** A video. */
    VIDEO,
    /** A sound recording. */
    AUDIO,
    /** An image. */
    PICTURE,
    /** A presentation. */
    SLIDES,
    /** A text document other than PDF. */
    DOCUMENT,
    /** A spreadsheet. */
    TABLE,
    /** An archive of files, or a course package. */
    ARCHIVE,
    /** A program for phones. */
    APP,
    /** A file of an unknown type. */
    FILE,
    /** A web page. */
    PAGE;

    /**
     * Returns the type by the file extension or the host of the address. If neither is recognized, a link leads to
     * a page and a file is of an unknown type.
     */
    public static MaterialType of(Attachment attachment) {
        String url = attachment.url();
        return byEnding(ending(url)).or(() -> byHost(host(url))).orElseGet(() -> switch (attachment.kind()) {
            case LINK -> PAGE;
            case FILE -> FILE;
        });
    }

    /** Returns the types of all attachments of a resource. */
    public static Set<MaterialType> allOf(ResourceContent content) {
        Set<MaterialType> types = EnumSet.noneOf(MaterialType.class);
        content.attachments().forEach(attachment -> types.add(of(attachment)));
        return types;
    }

    /** Returns the type with this {@link #word}. Empty if there is no such type. */
    public static Optional<MaterialType> ofWord(String word) {
        return EnumWord.find(MaterialType.class, word);
    }

    private static Optional<MaterialType> byEnding(String ending) {
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

    private static Optional<MaterialType> byHost(String host) {
        return Optional.ofNullable(
                switch (host) {
                    case "youtube.com", "m.youtube.com", "youtu.be", "vimeo.com", "player.vimeo.com" -> VIDEO;
                    case "soundcloud.com" -> AUDIO;
                    case "play.google.com", "apps.apple.com" -> APP;
                    default -> null;
                });
    }

    /** Returns the host of an address without {@code www.}, in lower case; empty if the address has no host or is invalid. */
    public static String host(String url) {
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

    /** Returns the lower-case name, for example {@code pdf}. */
    public String word() {
        return EnumWord.of(this);
    }
}
