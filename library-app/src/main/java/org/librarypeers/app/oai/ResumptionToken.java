package org.librarypeers.app.oai;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A token that continues a list. It contains all that the next part needs: the arguments of the list and the place of the last entry. The
 * server remembers nothing, so a token never expires, and any node can answer it. The place is a feed position, or the number of a tag for
 * the list of sets. Positions and numbers are never reused, so a change between two parts does not move the others.
 *
 * @param verb the verb to which the token belongs
 * @param prefix the format of the records; empty for sets
 * @param period the period of their datestamps
 * @param set the name of their set; empty for all
 * @param after the place after which the next part begins
 * @param cursor the number of entries in the parts so far
 */
record ResumptionToken(Verb verb, String prefix, Period period, String set, long after, long cursor) {

    private static final Pattern FORM =
            Pattern.compile("([A-Za-z]+),([a-z_]*),(-?\\d{0,12}),(-?\\d{0,12}),([^,]*),(\\d{1,18}),(\\d{1,18})");

    /**
     * Reads a token.
     *
     * @throws OaiException if {@link #toString} did not write it for this verb
     */
    static ResumptionToken read(Verb verb, String text) throws OaiException {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches() || !parts.group(1).equals(verb.word())) {
            throw OaiException.badToken();
        }
        Period period = new Period(instant(parts.group(3)), instant(parts.group(4)));
        ResumptionToken token = new ResumptionToken(
                verb,
                parts.group(2),
                period,
                parts.group(5),
                Long.parseLong(parts.group(6)),
                Long.parseLong(parts.group(7)));
        boolean knownSet = token.set.isEmpty() || SetSpec.parse(token.set).isPresent();
        if (!token.toString().equals(text) || period.isEmpty() || !knownSet) {
            throw OaiException.badToken();
        }
        return token;
    }

    private static @Nullable Instant instant(String seconds) throws OaiException {
        try {
            return seconds.isEmpty() ? null : Instant.ofEpochSecond(Long.parseLong(seconds));
        } catch (NumberFormatException e) {
            throw OaiException.badToken();
        }
    }

    private static String seconds(@Nullable Instant instant) {
        return Optional.ofNullable(instant)
                .map(time -> String.valueOf(time.getEpochSecond()))
                .orElse("");
    }

    /**
     * Returns the token of the part after this one.
     *
     * @param place the place of the last entry of this part
     * @param entries the number of its entries
     */
    ResumptionToken next(long place, int entries) {
        return new ResumptionToken(verb, prefix, period, set, place, cursor + entries);
    }

    /** Returns the token as it is sent. */
    @Override
    public String toString() {
        return String.join(
                ",",
                verb.word(),
                prefix,
                seconds(period.from()),
                seconds(period.until()),
                set,
                String.valueOf(after),
                String.valueOf(cursor));
    }
}
