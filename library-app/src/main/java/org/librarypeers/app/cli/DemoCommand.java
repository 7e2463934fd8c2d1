package org.librarypeers.app.cli;

import org.librarypeers.app.demo.Demo;
import org.librarypeers.app.server.LibraryServer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "demo", description = "Starts three libraries on this machine and demonstrates how they sync.")
final class DemoCommand extends BaseCommand {

    @Option(
            names = "--port",
            paramLabel = "P",
            defaultValue = "0",
            description = "Port of library A; B and C use the next two (default: any free ports).")
    private int port;

    @Option(names = "--exit", description = "Exit after the demonstration.")
    private boolean exit;

    @Override
    public Integer call() throws Exception {
        for (int i = 0; port > 0 && i < Demo.LIBRARIES; i++) {
            LibraryServer.requireFree(Demo.HOST, PortOption.checked(port + i));
        }
        try (StopSignal signal = new StopSignal();
                Demo demo = new Demo(settings(), out())) {
            demo.run(PortOption.checked(port));
            requireWritten();
            if (!exit) {
                out().println();
                out().println("The libraries keep running; press Ctrl-C to stop them.");
                signal.await();
            }
            return 0;
        }
    }
}
