package org.librarypeers.app.cli;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.backup.ScheduledBackups;
import org.librarypeers.app.config.ConfigurationReader;
import org.librarypeers.app.config.ListenSettings;
import org.librarypeers.app.config.Settings;
import org.librarypeers.app.server.LibraryServer;
import org.librarypeers.app.server.StartingListener;
import org.librarypeers.app.wiring.Library;
import org.librarypeers.app.wiring.LibrarySettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "serve", description = "Serves the pages and the API, and syncs peers on schedule. Ctrl-C stops it.")
final class ServeCommand extends BaseCommand {

    @Option(
            names = "--host",
            paramLabel = "H",
            description = "Address to listen on (default: the setting listen.host).")
    private @Nullable String host;

    @Option(
            names = "--port",
            paramLabel = "P",
            description = "Port to listen on; 0 for any free port (default: the setting listen.port).")
    private @Nullable String port;

    @Option(names = "--no-schedule", description = "Do not sync peers automatically.")
    private boolean noSchedule;

    @Override
    void addOptions(ConfigurationReader reader) {
        reader.option("--host", Settings.LISTEN_HOST, host)
                .option("--port", Settings.LISTEN_PORT, port)
                .option("--no-schedule", Settings.SYNC_SCHEDULE, noSchedule ? "false" : null);
    }

    @Override
    public Integer call() throws Exception {
        LibrarySettings settings = settings();
        ListenSettings listen = settings.listen();
        try (StopSignal signal = new StopSignal();
                ServeLines lines = new ServeLines(settings);
                // Opened before the database, which takes seconds: /health tells that the library is starting.
                StartingListener address = StartingListener.open(listen.host(), listen.port());
                Library library = Library.openWhenReachable(settings, signal::isGiven)) {
            library.keepDatabaseRunning(signal::fail);
            serve(library, address, lines, signal);
            Optional<String> failure = signal.failure();
            failure.ifPresent(why -> err().println("library: the database stopped and cannot be restarted: " + why));
            return failure.isPresent() ? 1 : 0;
        }
    }

    private void serve(Library library, StartingListener address, ServeLines lines, StopSignal signal)
            throws InterruptedException {
        try (LibraryServer server =
                LibraryServer.start(library, library.settings().listen().host(), address)) {
            lines.started(server.address());
            if (library.settings().schedule().enabled()) {
                library.schedule().start();
            }
            library.backups().ifPresent(ScheduledBackups::start);
            out().println("Serving at " + server.address() + " (press Ctrl-C to stop)");
            library.firstAdministrator()
                    .token()
                    .ifPresent(token -> out().println("There is no account yet. Create the administrator's account at "
                            + server.publicAddress() + "/first/" + token));
            requireWritten();
            signal.await();
        }
    }
}
