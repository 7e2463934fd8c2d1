package org.librarypeers.app.peers;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuarantineReasonTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "it is listed, but was not found when it was requested | NOT_THERE",
                "it was listed, but is not there when it is asked for | NOT_THERE",
                "peer answered with status 404 | NOT_THERE",
                "it is listed as 1, but its GUID is 2 | OTHER_GUID",
                "it was requested as 1, but its GUID is 2 | OTHER_GUID",
                "it is listed as 1 but calls itself 2 | OTHER_GUID",
                "another item of the same page has the GUID 1 too | SAME_GUID",
                "resource 1 of this peer has the same GUID 2 and takes precedence | SAME_GUID",
                "the object in the list has no id | NO_ID",
                "it has no id by which it can be requested | NO_ID",
                "guid is missing | NO_GUID",
                "guid \"x\" is not a UUID; use a form such as 0b6d | NO_GUID",
                "title is missing | NO_TITLE",
                "title is 1,200 characters long; at most 1,000 are allowed | TOO_LONG",
                "peer answered with status 502 | NO_ANSWER",
                "the object is too large to be read | TOO_LARGE",
                "body is not valid JSON | UNREADABLE",
                "study time is -1; it must be at least 0 | OTHER",
                "'' | OTHER"
            })
    void the_kind_is_told_by_the_detail(String detail, QuarantineReason kind) {
        assertThat(QuarantineReason.of(detail)).isEqualTo(kind);
    }
}
