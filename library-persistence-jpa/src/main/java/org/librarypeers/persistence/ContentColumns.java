package org.librarypeers.persistence;

import jakarta.persistence.Convert;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Objects;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Attachment;
import org.librarypeers.domain.BornOn;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.MappedTag;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.StudyTime;
import org.librarypeers.domain.Tag;

/** The current content of a resource, without its attachments and tags, which have tables of their own. */
@Embeddable
record ContentColumns(
        @Convert(converter = LocalizedTextConverter.class) @JdbcTypeCode(SqlTypes.JSON)
        LocalizedText title,

        @Convert(converter = LocalizedTextConverter.class) @JdbcTypeCode(SqlTypes.JSON)
        LocalizedText description,

        @Convert(converter = LocalizedTextConverter.class) @JdbcTypeCode(SqlTypes.JSON)
        LocalizedText attribution,

        int studyTime,
        @Nullable String studyTimeUnit,
        @Nullable LocalDateTime bornOn,
        @Enumerated(EnumType.STRING) BornOn.@Nullable Precision bornOnPrecision,
        @Nullable String image) {

    static ContentColumns from(ResourceContent content) {
        StudyTime.Unit unit = content.studyTime().unit();
        BornOn born = content.bornOn();
        return new ContentColumns(
                content.title(),
                content.description(),
                content.attribution(),
                content.studyTime().number(),
                unit == null ? null : unit.word(),
                born == null ? null : born.time(),
                born == null ? null : born.precision(),
                content.image());
    }

    static ContentColumns read(Row row) throws SQLException {
        return new ContentColumns(
                row.localized(),
                row.localized(),
                row.localized(),
                row.integer(),
                row.textOrNull(),
                row.localTimeOrNull(),
                precision(row.textOrNull()),
                row.textOrNull());
    }

    private static BornOn.@Nullable Precision precision(@Nullable String name) {
        return name == null ? null : BornOn.Precision.valueOf(name);
    }

    @Nullable
    String precision() {
        return bornOnPrecision == null ? null : bornOnPrecision.name();
    }

    ResourceContent toDomain(List<Tag> tags, List<Attachment> attachments, List<MappedTag> mapped) {
        StudyTime.Unit unit = studyTimeUnit == null
                ? null
                : StudyTime.Unit.ofWord(studyTimeUnit).orElse(null);
        return new ResourceContent(
                title,
                description,
                attribution,
                new StudyTime(studyTime, unit),
                bornOn == null ? null : new BornOn(bornOn, Objects.requireNonNull(bornOnPrecision)),
                image,
                tags,
                attachments,
                mapped);
    }
}
