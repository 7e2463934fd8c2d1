package org.librarypeers.app.reader;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.web.PagePictures.PagePicture;
import org.librarypeers.domain.Attachment;
import org.librarypeers.domain.MaterialType;
import org.librarypeers.domain.ResourceContent;

/**
 * The picture of a resource, and the drawing that replaces it while it is missing.
 *
 * @param shown the picture; null to show the drawing
 * @param kind the word for the kind of the first file, otherwise of the first link, which decides the drawing
 */
public record CardPicture(@Nullable PagePicture shown, String kind) {

    static CardPicture of(ResourceContent content, @Nullable PagePicture shown) {
        return new CardPicture(
                shown,
                content.attachments().stream()
                        .max(Comparator.comparing(Attachment::kind))
                        .map(MaterialType::of)
                        .orElse(MaterialType.PAGE)
                        .word());
    }
}
