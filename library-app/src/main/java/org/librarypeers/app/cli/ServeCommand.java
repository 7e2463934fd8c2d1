package org.librarypeers.app.cli;

import java.util.Optional;
import org.librarypeers.app.server.LibraryServer;
import org.librarypeers.app.server.StartingListener;
import org.librarypeers.app.wiring.Library;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "serve", description = "Serves the pages and the API, and syncs peers on schedule. Ctrl-C stops it.")
final class ServeCommand extends BaseCommand {

    @Option(
            names = "--host",
            paramLabel = "H",
            defaultValue = "127.0.0.1",
            description = "Address to listen on (default: ${DEFAULT-VALUE}).")
    private String host = "";

    @Option(
            names = "--port",
            paramLabel = "P",
            defaultValue = "8080",
            description = "Port to listen on; 0 for any free port (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(names = "--no-schedule", description = "Do not sync peers automatically.")
    private boolean noSchedule;

    @Override
    public Integer call() throws Exception {
        try (StopSignal signal = new StopSignal();
                // Opened before the database, which takes seconds: /health tells that the library is starting.
                StartingListener address = StartingListener.open(host, PortOption.checked(port));
                Library library = Library.openWhenReachable(settings(), signal::isGiven)) {
            library.keepDatabaseRunning(signal::fail);
            serve(library, address, signal);
            Optional<String> failure = signal.failure();
            failure.ifPresent(why -> err().println("library: the database stopped and cannot be restarted: " + why));
            return failure.isPresent() ? 1 : 0;
        }
    }

    private void serve(Library library, StartingListener address, StopSignal signal) throws InterruptedException {
        try (LibraryServer server = LibraryServer.start(library, host, address)) {
            if (!noSchedule) {
                library.schedule().start();
            }
            out().println("Serving at " + server.address() + " (press Ctrl-C to stop)");
            library.firstAdministrator()
                    .token()
                    .ifPresent(token -> out().println("There is no account yet. Create the administrator's account at "
                            + server.address() + "/first/" + token));
            requireWritten();
            signal.await();
        }
    }
}
