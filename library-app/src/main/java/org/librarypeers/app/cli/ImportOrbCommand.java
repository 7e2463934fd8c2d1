package org.librarypeers.app.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.move.MoveException;
import org.librarypeers.app.move.MoveReport;
import org.librarypeers.app.wiring.Library;
import org.librarypeers.domain.Count;
import org.librarypeers.domain.Status;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "import-orb",
        aliases = "import_orb",
        description = {
            "Moves an ORB or COVID-19 Library site into a new, empty library: resources with their GUIDs, numbers, dates and"
                    + " statuses, tags, categories, files, pictures, peers, and accounts with their API keys and passwords.",
            "Make the dump on the site with 'python manage.py dumpdata --output dump.json'. Run this command with --dry-run first:"
                    + " it lists what cannot be carried over, and why. Stop 'serve' before the move."
        })
final class ImportOrbCommand extends BaseLibraryCommand {

    private static final double MEGABYTE = 1_000_000;

    @Parameters(paramLabel = "DUMP", description = "Output of Django's dumpdata, which may be compressed with gzip.")
    private Path dump = Path.of("");

    @Option(
            names = "--media",
            paramLabel = "DIR",
            description = "Directory with the uploaded files of the site (its MEDIA_ROOT).")
    private @Nullable Path media;

    @Option(names = "--dry-run", description = "Show what would be moved, and change nothing.")
    private boolean preview;

    @Override
    boolean makesLibrary() {
        return true;
    }

    @Override
    int run(Library library) {
        if (!Files.isRegularFile(dump)) {
            throw new CliException("there is no file " + dump + "; check the path");
        }
        if (media != null && !Files.isDirectory(media)) {
            throw new CliException("there is no directory " + media + "; check the path");
        }
        try {
            MoveReport report = preview
                    ? library.siteImport().preview(dump, media)
                    : library.siteImport().run(dump, media);
            print(report, library.settings().languages());
        } catch (MoveException e) {
            throw new CliException(e.getMessage() + ". Nothing was changed", e);
        } catch (IOException e) {
            throw new CliException("cannot read the site (" + e.getMessage() + "); nothing was moved", e);
        }
        return 0;
    }

    private void print(MoveReport report, List<String> languages) {
        Map<Status, Integer> statuses = report.resources();
        int resources = statuses.values().stream().mapToInt(Integer::intValue).sum();
        String byStatus = Stream.of(Status.values())
                .filter(statuses::containsKey)
                .map(status -> statuses.get(status) + " " + status.word())
                .collect(Collectors.joining(", "));
        out().println((preview ? "Would move " : "Moved ") + Count.of(resources, "resource")
                + (byStatus.isEmpty() ? "" : " (" + byStatus + ")") + ", "
                + Count.of(report.categories(), "category", "categories") + ", " + Count.of(report.tags(), "tag") + ", "
                + Count.of(report.users(), "account") + ", " + Count.of(report.peers(), "peer") + ", "
                + Count.of(report.files(), "file")
                + String.format(Locale.ROOT, " (%.1f MB)", report.bytes() / MEGABYTE));
        List<String> missing = report.languages().stream()
                .filter(language -> !languages.contains(language))
                .toList();
        if (!missing.isEmpty()) {
            out().println("The site has texts in " + String.join(", ", missing)
                    + ", which are not languages of this library. To send them to existing sites, set"
                    + " languages to " + String.join(",", languages) + "," + String.join(",", missing));
        }
        if (!report.left().isEmpty()) {
            out().println("Not carried over as it was:");
            report.left().forEach(this::print);
        }
        if (preview) {
            out().println("Nothing was changed. Run the command without --dry-run to move the site");
        }
    }

    private void print(MoveReport.Left left) {
        String examples = left.examples().isEmpty()
                ? ""
                : " (" + String.join("; ", left.examples())
                        + (left.count() > left.examples().size() ? "; …" : "") + ")";
        out().println("  " + left.count() + " × " + left.what() + examples);
    }
}
