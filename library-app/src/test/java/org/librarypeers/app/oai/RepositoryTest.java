package org.librarypeers.app.oai;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.LibraryId;

class RepositoryTest {

    private static Repository repository(@Nullable String contact) {
        return new Repository(LibraryId.random(), () -> "Library", () -> contact, () -> List.of("en"));
    }

    @Test
    void the_contact_is_the_address_of_the_administrator() {
        assertThat(repository("asha@library.example").email()).isEqualTo("asha@library.example");
        assertThat(repository("mailto:asha@library.example").email()).isEqualTo("asha@library.example");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://library.example/contact", "asha", "asha@localhost", ""})
    void a_contact_that_is_no_e_mail_address_is_replaced_by_one_that_reaches_nobody(String contact) {
        assertThat(repository(contact).email()).isEqualTo(Repository.NO_CONTACT);
        assertThat(repository(null).email()).isEqualTo(Repository.NO_CONTACT);
    }

    @Test
    void only_identifiers_of_this_library_have_a_guid() {
        Repository repository = repository(null);
        Guid guid = Guid.random();

        assertThat(repository.guid(repository.identifier(guid))).hasValue(guid);
        assertThat(repository.guid(repository(null).identifier(guid))).isEmpty();
        assertThat(repository.guid(repository.identifier(guid).toUpperCase(Locale.ROOT)))
                .isEmpty();
        assertThat(repository.guid("urn:uuid:" + guid)).isEmpty();
        assertThat(repository.guid("")).isEmpty();
    }
}
