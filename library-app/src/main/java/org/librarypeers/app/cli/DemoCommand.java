package org.librarypeers.app.cli;

import org.librarypeers.app.api.LibraryServer;
import org.librarypeers.app.demo.Demo;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "demo", description = "Starts three libraries on this machine and shows how one syncs from another.")
final class DemoCommand extends Task {

    @Option(
            names = "--port",
            paramLabel = "P",
            defaultValue = "0",
            description = "Serve A at this port, B and C at the next two (default: any free ones).")
    private int port;

    @Option(names = "--exit", description = "Stop after that.")
    private boolean exit;

    @Override
    public Integer call() throws Exception {
        for (int i = 0; port > 0 && i < Demo.LIBRARIES; i++) {
            LibraryServer.requireFree(Demo.HOST, Ports.checked(port + i));
        }
        try (StopSignal signal = new StopSignal();
                Demo demo = new Demo(settings(), out())) {
            demo.run(Ports.checked(port));
            requireWritten();
            if (!exit) {
                out().println();
                out().println("The libraries go on running; Ctrl-C stops them.");
                signal.await();
            }
            return 0;
        }
    }
}
