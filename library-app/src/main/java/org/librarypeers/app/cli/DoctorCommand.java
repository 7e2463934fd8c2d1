package org.librarypeers.app.cli;

import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.wiring.Doctor;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "doctor",
        description =
                "Examines the installation: settings, files, database and peers. Says what to do about each problem."
                        + " Exits with 1 if there is a failure.")
final class DoctorCommand extends BaseCommand {

    @Option(names = "--no-peers", description = "Send no requests to peers.")
    private boolean noPeers;

    @Option(names = "--json", description = "Print one JSON object per line.")
    private boolean json;

    @Override
    public Integer call() {
        return Doctor.examine(settings(), !noPeers, this::print, Clock.systemUTC()) ? 0 : 1;
    }

    private void print(Doctor.Finding finding) {
        String level = finding.level().name().toLowerCase(Locale.ROOT);
        if (json) {
            Map<String, @Nullable Object> fields = fields();
            fields.put("level", level);
            fields.put("part", finding.part());
            fields.put("text", finding.text());
            json(fields);
        } else {
            out().println("%-7s  %s: %s".formatted(level, finding.part(), finding.text()));
        }
        out().flush();
    }
}
