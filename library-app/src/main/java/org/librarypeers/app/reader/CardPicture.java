package org.librarypeers.app.reader;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.web.PagePictures;
import org.librarypeers.app.web.Visit;
import org.librarypeers.domain.Attachment;
import org.librarypeers.domain.ResourceContent;

/**
 * The picture of a resource, or a drawing of its kind if there is none.
 *
 * @param address the path
 * @param width the width in pixels; null if unknown
 * @param height the height in pixels; null if unknown
 * @param drawn whether it is a drawing
 */
public record CardPicture(
        String address, @Nullable Integer width, @Nullable Integer height, boolean drawn) {

    private static final int DRAWN_WIDTH = 320;
    private static final int DRAWN_HEIGHT = 200;

    /** Returns the small picture of a resource. */
    static CardPicture small(Visit visit, ResourceContent content, PagePictures pictures) {
        return of(visit, content, pictures.small(content.image()));
    }

    /** Returns the large picture of a resource. */
    static CardPicture large(Visit visit, ResourceContent content, PagePictures pictures) {
        return of(visit, content, pictures.large(content.image()));
    }

    private static CardPicture of(Visit visit, ResourceContent content, PagePictures.@Nullable PagePicture found) {
        return found == null
                ? new CardPicture(
                        visit.asset("picture-" + kind(content).word() + ".svg"), DRAWN_WIDTH, DRAWN_HEIGHT, true)
                : new CardPicture(found.address(), found.width(), found.height(), false);
    }

    /** Returns the kind of the first file, otherwise of the first link. */
    private static LinkKind kind(ResourceContent content) {
        return content.attachments().stream()
                .max(Comparator.comparing(Attachment::kind))
                .map(LinkKind::of)
                .orElse(LinkKind.PAGE);
    }
}
