package org.librarypeers.oai;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.PeerAccess;

/** The requests for lists and records of one repository, as its rules demand. */
final class RecordLists {

    private static final String TOKEN = "resumptionToken";
    private static final String NO_RECORDS = "noRecordsMatch";
    private static final String BAD_TOKEN = "badResumptionToken";
    private static final String BAD_ARGUMENT = "badArgument";

    private final PeerAccess.Oai access;
    private final Requests requests;
    private final OaiFailures failures;
    private OaiPage.@Nullable Identity identity;

    RecordLists(PeerAccess.Oai access, Requests requests, OaiFailures failures) {
        this.access = access;
        this.requests = requests;
        this.failures = failures;
    }

    /** Returns the repository's description of itself. Requests it once. */
    OaiPage.Identity identity() {
        if (identity == null) {
            OaiPage page = requests.ask(Map.of("verb", "Identify"));
            page.errors().stream().findFirst().ifPresent(error -> {
                throw failures.of(error);
            });
            if (page.identity() == null) {
                throw failures.otherProtocol("did not identify itself as a repository");
            } else if (!page.identity().version().equals("2.0")) {
                throw failures.otherProtocol("speaks version "
                        + shown(page.identity().version()) + " of OAI-PMH, and this library only 2.0");
            }
            identity = page.identity();
        }
        return identity;
    }

    private static String shown(String version) {
        return version.substring(0, Math.min(version.length(), 20)).replaceAll("[^0-9A-Za-z.]", "?");
    }

    /**
     * Requests a page of records. A list without records gives an empty page.
     *
     * @return the page; null if the repository no longer accepts the resumption token
     */
    @Nullable
    OaiPage page(Position position) {
        if (position.token() != null) {
            OaiPage page = requests.ask(next(position.token()));
            return page.error(BAD_TOKEN).isPresent() ? null : valid(page);
        }
        OaiPage page =
                requests.ask(first("ListRecords", position.from(), identity().granularity()));
        boolean rejectsSeconds = page.error(BAD_ARGUMENT).isPresent()
                && position.from() != null
                && identity().granularity() == Granularity.SECOND;
        return valid(rejectsSeconds ? requests.ask(first("ListRecords", position.from(), Granularity.DAY)) : page);
    }

    private static Map<String, String> next(String token) {
        Map<String, String> arguments = new LinkedHashMap<>();
        arguments.put("verb", "ListRecords");
        arguments.put(TOKEN, token);
        return arguments;
    }

    private Map<String, String> first(String verb, @Nullable Instant from, Granularity granularity) {
        Map<String, String> arguments = new LinkedHashMap<>();
        arguments.put("verb", verb);
        arguments.put("metadataPrefix", access.prefix());
        if (access.set() != null) {
            arguments.put("set", access.set());
        }
        if (from != null) {
            arguments.put("from", granularity.format(from));
        }
        return arguments;
    }

    private OaiPage valid(OaiPage page) {
        page.errors().stream()
                .filter(error -> !error.code().equals(NO_RECORDS))
                .findFirst()
                .ifPresent(error -> {
                    throw failures.of(error);
                });
        return page;
    }

    /** Requests the first page of the headers of all records. */
    OaiPage headers() {
        return valid(requests.ask(first("ListIdentifiers", null, Granularity.DAY)));
    }

    /** Requests one record. The page has an error, one record, or neither. */
    OaiPage record(String identifier) {
        Map<String, String> arguments = new LinkedHashMap<>();
        arguments.put("verb", "GetRecord");
        arguments.put("identifier", identifier);
        arguments.put("metadataPrefix", access.prefix());
        return requests.ask(arguments);
    }
}
