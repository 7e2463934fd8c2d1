package org.librarypeers.app.bundles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.librarypeers.bundle.BundleException;
import org.librarypeers.bundle.BundleException.Problem;
import org.librarypeers.bundle.BundleManifest;
import org.librarypeers.bundle.OpenedBundle;

/** Tests of manifests whose signature is valid and whose values are not. */
class BundleManifestTest {

    @TempDir
    private Path folder;

    private TwoLibraries two;
    private RepackedBundle bundle;

    @BeforeEach
    void write() throws IOException {
        two = new TwoLibraries(folder);
        two.publish("Safe water");
        bundle = RepackedBundle.of(two.write("a.zip", 0));
    }

    private BundleException refused(String regex, String replacement) throws Exception {
        Path file = bundle.signed(two.sender.key(), manifest -> {
                    String changed = manifest.replaceFirst(regex, replacement);
                    assertThat(changed).isNotEqualTo(manifest);
                    return changed;
                })
                .write(folder.resolve("made.zip"));
        return catchThrowableOfType(
                BundleException.class, () -> two.reader.open(file).close());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "\"format\":\"library-bundle\" | \"format\":\"zip\" | does not have the format library-bundle",
                "\"name\":\"Library A\" | \"name\":\" \" | name is missing",
                "\"name\":\"Library A\" | \"name\":7 | name is missing",
                "\"after\":0 | \"after\":-1 | after is not a number from 0",
                "\"after\":0 | \"after\":0.5 | after is not a number from 0",
                "\"after\":0 | \"after\":99999999999999999999 | after is not a number from 0",
                "\"part\":1 | \"part\":9999999999 | cannot be read",
                "\"created\":\"[^\"]*\" | \"created\":\"soon\" | cannot be read",
                "\"key\":\"[^\"]*\" | \"key\":\"00\" | cannot be read",
                "\"sha256\":\"[^\"]*\" | \"sha256\":\"00\" | not 64 hexadecimal digits",
                "\"size\":\\d+ | \"size\":-1 | size is not a number from 0",
                "\"part\":1 | \"part\":1,\"part\":1 | cannot be read",
                "\\}$ | }} | cannot be read",
                "\"part\":1 | \"part\":1,\"x\":[[[[[[[[[1]]]]]]]]] | cannot be read"
            })
    void a_value_that_no_library_writes_is_refused_and_named(String regex, String replacement, String words)
            throws Exception {
        BundleException refused = refused(regex, replacement);

        assertThat(refused.problem()).isEqualTo(Problem.NOT_A_BUNDLE);
        assertThat(refused)
                .hasMessageStartingWith("the manifest of the bundle is invalid")
                .hasMessageContaining(words);
    }

    @Test
    void entries_whose_feed_positions_descend_are_refused() throws Exception {
        assertThat(refused(
                        "\"entries\":\\[",
                        "\"entries\":[{\"name\":\"resources/000009.jsonl\",\"size\":1,\"sha256\":\"" + "0".repeat(64)
                                + "\",\"up_to\":999999},"))
                .hasMessageContaining("feed positions do not ascend");
    }

    @Test
    void the_manifest_says_where_the_bundle_comes_from() throws IOException {
        try (OpenedBundle opened = two.reader.open(folder.resolve("a.zip"))) {
            BundleManifest manifest = opened.manifest();

            assertThat(manifest.library()).isEqualTo(two.a.id());
            assertThat(manifest.name()).isEqualTo("Library A");
            assertThat(manifest.home()).hasToString(TwoLibraries.HOME.toString());
            assertThat(manifest.key()).isEqualTo(two.sender.key().publicKey());
            assertThat(manifest.oldest()).isEqualTo(two.now());
            assertThat(manifest.newest()).isEqualTo(two.now());
            assertThat(manifest.selection()).isNull();
            assertThat(manifest.part()).isEqualTo(1);
            assertThat(manifest.last()).isTrue();
            assertThat(manifest.files()).isZero();
            assertThat(manifest.isComplete()).isTrue();
        }
    }
}
