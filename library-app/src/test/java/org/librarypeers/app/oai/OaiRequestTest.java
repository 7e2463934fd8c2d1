package org.librarypeers.app.oai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of the arguments of requests: verbs, periods and resumption tokens. */
class OaiRequestTest {

    private static final Instant NOON = Instant.parse("2026-05-04T12:00:00Z");
    private static final ResumptionToken TOKEN =
            new ResumptionToken(Verb.LIST_RECORDS, "oai_dc", new Period(NOON, null), "language:en", 17, 200);

    private static OaiRequest read(String query) throws OaiException {
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        for (String pair : query.split("&")) {
            String[] parts = pair.split("=", 2);
            parameters.merge(parts[0], List.of(parts[1]), (one, other) -> List.of(one.get(0), other.get(0)));
        }
        return OaiRequest.read(parameters);
    }

    private static OaiException refused(String query) {
        return catchThrowableOfType(OaiException.class, () -> read(query));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "verb=Identify",
                "verb=ListSets",
                "verb=ListSets&resumptionToken=t",
                "verb=ListMetadataFormats",
                "verb=ListMetadataFormats&identifier=oai:a:1",
                "verb=GetRecord&identifier=oai:a:1&metadataPrefix=oai_dc",
                "verb=ListRecords&metadataPrefix=oai_dc",
                "verb=ListRecords&metadataPrefix=oai_dc&from=2026-01-01&until=2026-01-02&set=tag",
                "verb=ListIdentifiers&metadataPrefix=lom&set=tag",
                "verb=ListIdentifiers&resumptionToken=t"
            })
    void a_verb_has_its_arguments(String query) throws OaiException {
        OaiRequest request = read(query);

        assertThat(query).startsWith("verb=" + request.verb().word());
        assertThat(request.arguments()).hasSize(query.split("&").length - 1).doesNotContainKey("verb");
        assertThat(request.token()).isEqualTo(query.contains("Token") ? "t" : null);
    }

    @ParameterizedTest
    @CsvSource({
        "x=1, badVerb, missing",
        "verb=listRecords, badVerb, not one of",
        "verb=Identify&verb=Identify, badVerb, repeated",
        "verb=Identify&set=tag, badArgument, does not have the argument 'set'",
        "verb=Identify&resumptionToken=t, badArgument, does not have",
        "verb=GetRecord&identifier=oai:a:1&metadataPrefix=lom&set=tag, badArgument, does not have",
        "verb=GetRecord&metadataPrefix=lom, badArgument, requires the argument identifier",
        "verb=ListRecords, badArgument, requires the argument metadataPrefix",
        "verb=ListRecords&metadataPrefix=lom&metadataPrefix=lom, badArgument, repeated",
        "verb=ListRecords&metadataPrefix=lom&resumptionToken=t, badArgument, without other arguments"
    })
    void other_arguments_are_errors(String query, String code, String words) {
        OaiException refused = refused(query);

        assertThat(refused.code().word()).isEqualTo(code);
        assertThat(refused).hasMessageContaining(words);
        assertThat(refused.code().hidesArguments()).isTrue();
    }

    @Test
    void an_argument_is_found_by_its_name() throws OaiException {
        OaiRequest request = read("verb=ListRecords&metadataPrefix=lom");

        assertThat(request.required("metadataPrefix")).isEqualTo("lom");
        assertThat(request.argument("set")).isEmpty();
        assertThatIllegalStateException().isThrownBy(() -> request.required("set"));
    }

    private static Period period(@Nullable String from, @Nullable String until) throws OaiException {
        return Period.read(Optional.ofNullable(from), Optional.ofNullable(until));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-05-04, 2026-05-04, 2026-05-04T00:00:00Z, 2026-05-04T23:59:59Z",
        "2026-05-04T12:00:00Z, 2026-05-04T12:00:00Z, 2026-05-04T12:00:00Z, 2026-05-04T12:00:00Z",
        ", 2026-12-31, , 2026-12-31T23:59:59Z",
        "2026-05-04T12:00:00Z, , 2026-05-04T12:00:00Z,",
        ", , ,"
    })
    void a_period_has_whole_days_or_seconds(String from, String until, Instant first, Instant last)
            throws OaiException {
        assertThat(period(from, until)).isEqualTo(new Period(first, last));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-05-04, 2026-05-04T12:00:00Z, different granularities",
        "2026-05-05, 2026-05-04, until is before from",
        "2026-05-04T12:00:01Z, 2026-05-04T12:00:00Z, until is before from",
        "2026-13-04, , from is not a date",
        ", 2026-02-30T12:00:00Z, until is not a date",
        "2026-05-04T12:00:00, , from is not a date",
        "' 2026-05-04', , from is not a date"
    })
    void other_periods_are_errors(String from, String until, String words) {
        OaiException refused = catchThrowableOfType(OaiException.class, () -> period(from, until));

        assertThat(refused.code().word()).isEqualTo("badArgument");
        assertThat(refused).hasMessageContaining(words);
    }

    @Test
    void a_token_is_read_back_as_it_was_written() throws OaiException {
        ResumptionToken open = new ResumptionToken(Verb.LIST_SETS, "", new Period(null, null), "", 0, 0);

        assertThat(TOKEN).hasToString("ListRecords,oai_dc,1777896000,,language:en,17,200");
        assertThat(ResumptionToken.read(Verb.LIST_RECORDS, TOKEN.toString())).isEqualTo(TOKEN);
        assertThat(ResumptionToken.read(Verb.LIST_SETS, open.toString())).isEqualTo(open);
        assertThat(TOKEN.next(40, 3))
                .isEqualTo(new ResumptionToken(
                        Verb.LIST_RECORDS, "oai_dc", new Period(NOON, null), "language:en", 40, 203));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ListIdentifiers,oai_dc,1777896000,,language:en,17,200",
                "ListRecords,oai_dc,1777896000,,language:en,17",
                "ListRecords,oai_dc,01777896000,,language:en,17,200",
                "ListRecords,oai_dc,-,,language:en,17,200",
                "ListRecords,oai_dc,1777896000,1777895999,language:en,17,200",
                "ListRecords,oai_dc,1777896000,,planet:earth,17,200",
                "ListRecords,oai_dc,1777896000,,language:en,017,200"
            })
    void a_token_of_another_list_or_with_changes_is_an_error(String token) {
        OaiException refused =
                catchThrowableOfType(OaiException.class, () -> ResumptionToken.read(Verb.LIST_RECORDS, token));

        assertThat(refused.code().word()).isEqualTo("badResumptionToken");
        assertThat(refused.code().hidesArguments()).isFalse();
    }
}
