package org.librarypeers.app.web;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** The icons of the pages, in one SVG file. They come from a maintained icon set, of which pages load only what they use. */
final class Icons {

    /** The names of the icons, as the icon set names them. */
    static final Set<String> NAMES = Set.of(
            "arrow-repeat",
            "box-arrow-in-right",
            "box-arrow-right",
            "box-arrow-up-right",
            "broadcast",
            "check-circle",
            "clock-history",
            "collection",
            "diagram-3",
            "download",
            "exclamation-triangle",
            "eye",
            "funnel",
            "gear",
            "inbox",
            "key",
            "list",
            "pause-circle",
            "pencil",
            "people",
            "person-circle",
            "play-circle",
            "plug",
            "plus-lg",
            "quote",
            "search",
            "shield-exclamation",
            "speedometer2",
            "tags");

    private final byte[] sprite;

    /**
     * Creates the file.
     *
     * @param files returns the SVG file of an icon
     */
    Icons(Function<String, byte[]> files) {
        StringBuilder symbols = new StringBuilder("<svg xmlns=\"http://www.w3.org/2000/svg\">");
        for (String name : new TreeSet<>(NAMES)) {
            String svg = new String(files.apply(name), StandardCharsets.UTF_8);
            String drawing = svg.substring(svg.indexOf('>') + 1, svg.lastIndexOf("</svg>"));
            symbols.append("<symbol id=\"").append(name).append("\" viewBox=\"0 0 16 16\">");
            symbols.append(drawing.strip()).append("</symbol>");
        }
        sprite = symbols.append("</svg>").toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Returns the file, in UTF-8. */
    byte[] sprite() {
        return sprite.clone();
    }

    /**
     * Returns the name.
     *
     * @throws IllegalArgumentException if there is no icon of that name
     */
    static String checked(String name) {
        if (!NAMES.contains(name)) {
            throw new IllegalArgumentException("There is no icon '" + name + "'. Add it to the names of the icons.");
        }
        return name;
    }
}
