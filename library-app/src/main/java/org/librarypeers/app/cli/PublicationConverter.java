package org.librarypeers.app.cli;

import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.librarypeers.domain.PublicationPolicy;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A converter of the names of publication policies, with hyphens, and the list of these names for completion. */
final class PublicationConverter implements ITypeConverter<PublicationPolicy>, Iterable<String> {

    private static final List<String> NAMES = Stream.of(PublicationPolicy.values())
            .map(PublicationConverter::name)
            .toList();

    static String name(PublicationPolicy policy) {
        return policy.word().replace('_', '-');
    }

    @Override
    public PublicationPolicy convert(String value) {
        return PublicationPolicy.ofWord(value.toLowerCase(Locale.ROOT).replace('-', '_'))
                .orElseThrow(() -> new TypeConversionException(
                        "'" + value + "' is not a publication policy; use one of " + String.join(", ", NAMES)));
    }

    @Override
    public Iterator<String> iterator() {
        return NAMES.iterator();
    }
}
