package org.librarypeers.app.staff;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuarantineReasonTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "it was listed, but is not there when it is asked for | NOT_THERE",
                "it is listed as 1 but calls itself 2 | OTHER_GUID",
                "it was asked for as 1 but calls itself 2 | OTHER_GUID",
                "another item of the same page is 1 too | SAME_GUID",
                "object of the list has no id | NO_ID",
                "it has no id by which it can be asked for | NO_ID",
                "guid is missing | NO_GUID",
                "guid \"x\" is no GUID | NO_GUID",
                "title is missing | NO_TITLE",
                "title has 1,200 characters; at most 1,000 are kept | TOO_LONG",
                "object is too large to be read | TOO_LARGE",
                "body is no JSON that can be read | UNREADABLE",
                "study time is -1; it must be at least 0 | OTHER",
                "'' | OTHER"
            })
    void the_kind_is_told_by_the_detail(String detail, QuarantineReason kind) {
        assertThat(QuarantineReason.of(detail)).isEqualTo(kind);
    }
}
