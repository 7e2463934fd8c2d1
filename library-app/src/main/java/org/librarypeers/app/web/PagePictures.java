package org.librarypeers.app.web;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.pictures.NamedPictures;
import org.librarypeers.app.pictures.PictureRoutes;
import org.librarypeers.sync.pictures.PictureCopies;
import org.librarypeers.sync.pictures.PictureCopy;

/**
 * The copies of the pictures that a page shows. An uploaded picture without a copy is shown itself, for example while it is still to
 * be scaled. Other pictures without a copy are not shown.
 *
 * @param copies the copies by the addresses of the pictures
 */
public record PagePictures(Map<String, PictureCopies> copies) {

    /** No pictures. */
    public static final PagePictures NONE = new PagePictures(Map.of());

    /** Creates an instance with a copy of the map. */
    public PagePictures {
        copies = Map.copyOf(copies);
    }

    /**
     * A picture as a page shows it.
     *
     * @param address the path of its copy
     * @param width the width in pixels; null if unknown
     * @param height the height in pixels; null if unknown
     */
    public record PagePicture(
            String address,
            @Nullable Integer width,
            @Nullable Integer height) {

        static PagePicture of(PictureCopy copy) {
            return new PagePicture(PictureRoutes.path(copy), copy.width(), copy.height());
        }
    }

    /** Returns the small copy of the image of a resource; null while it is not fetched. */
    public @Nullable PagePicture small(@Nullable String image) {
        return find(NamedPictures.image(image), PictureCopies::small).orElse(null);
    }

    /** Returns the large copy of the image of a resource; null while it is not fetched. */
    public @Nullable PagePicture large(@Nullable String image) {
        return find(NamedPictures.image(image), PictureCopies::large).orElse(null);
    }

    /**
     * Returns the large copy of a picture inside a description.
     *
     * @param base see {@link NamedPictures#base}
     */
    Optional<PagePicture> inText(Element image, String base) {
        return find(NamedPictures.inText(image, base), PictureCopies::large);
    }

    private Optional<PagePicture> find(Optional<String> address, Function<PictureCopies, PictureCopy> size) {
        return address.map(known -> {
            PictureCopies found = copies.get(known);
            if (found != null) {
                return PagePicture.of(size.apply(found));
            }
            return known.startsWith("/") ? new PagePicture(known, null, null) : null;
        });
    }
}
