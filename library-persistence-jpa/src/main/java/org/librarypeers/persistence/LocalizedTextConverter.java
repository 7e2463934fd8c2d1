package org.librarypeers.persistence;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.LocalizedText;

/** A converter between localized texts and a jsonb column. */
@Converter
@Immutable
class LocalizedTextConverter implements AttributeConverter<LocalizedText, String> {

    @Override
    public @Nullable String convertToDatabaseColumn(@Nullable LocalizedText text) {
        return text == null ? null : Json.write(text);
    }

    @Override
    public @Nullable LocalizedText convertToEntityAttribute(@Nullable String json) {
        return json == null ? null : Json.text(json);
    }
}
