package org.librarypeers.app.files;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The media type of a file as told to browsers. Only listed types are named. Everything else, including all types that
 * could run in a browser, is {@link #UNKNOWN}.
 *
 * @param value the value of the header {@code Content-Type}
 * @param inline whether a browser may show the file instead of saving it
 */
record MediaType(String value, boolean inline) {

    /** The type of a download of unknown content. */
    static final MediaType UNKNOWN = new MediaType("application/octet-stream", false);

    private static final Map<String, MediaType> BY_EXTENSION = new HashMap<>();

    static {
        shown("image/jpeg", "jpg", "jpeg");
        shown("image/png", "png");
        shown("image/gif", "gif");
        shown("image/webp", "webp");
        shown("application/pdf", "pdf");
        shown("text/plain; charset=utf-8", "txt", "csv");
        shown("video/mp4", "mp4", "m4v");
        shown("video/webm", "webm");
        shown("video/ogg", "ogv");
        shown("video/3gpp", "3gp");
        shown("video/quicktime", "mov");
        shown("audio/mpeg", "mp3");
        shown("audio/mp4", "m4a");
        shown("audio/ogg", "ogg", "oga", "opus");
        shown("audio/wav", "wav");
        shown("audio/aac", "aac");
        saved("application/epub+zip", "epub");
        saved("application/zip", "zip");
        saved("application/rtf", "rtf");
        saved("application/msword", "doc");
        saved("application/vnd.ms-excel", "xls");
        saved("application/vnd.ms-powerpoint", "ppt");
        saved("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx");
        saved("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx");
        saved("application/vnd.openxmlformats-officedocument.presentationml.presentation", "pptx");
        saved("application/vnd.oasis.opendocument.text", "odt");
        saved("application/vnd.oasis.opendocument.spreadsheet", "ods");
        saved("application/vnd.oasis.opendocument.presentation", "odp");
    }

    boolean isPdf() {
        return value.equals("application/pdf");
    }

    private static void shown(String value, String... extensions) {
        add(new MediaType(value, true), extensions);
    }

    private static void saved(String value, String... extensions) {
        add(new MediaType(value, false), extensions);
    }

    private static void add(MediaType type, String... extensions) {
        for (String extension : extensions) {
            BY_EXTENSION.put(extension, type);
        }
    }

    /** Returns the type of a file with this name. Where an image is expected, other files are never shown. */
    static MediaType of(MediaKind kind, String name) {
        String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        MediaType type = name.contains(".") ? BY_EXTENSION.getOrDefault(extension, UNKNOWN) : UNKNOWN;
        boolean shown = type.inline && (kind != MediaKind.RESOURCE_IMAGE || type.value.startsWith("image/"));
        return new MediaType(type.value, shown);
    }
}
