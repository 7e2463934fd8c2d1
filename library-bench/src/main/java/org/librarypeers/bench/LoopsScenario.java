package org.librarypeers.bench;

import java.util.List;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** The inner loops of a sync, measured by JMH. */
final class LoopsScenario implements Scenario {

    @Override
    public String name() {
        return "loops";
    }

    @Override
    public String description() {
        return "microseconds of reading, fingerprint, decisions and search words, for one resource (JMH)";
    }

    @Override
    public void run(Workbench bench) {
        try {
            for (RunResult result : new Runner(new OptionsBuilder()
                            .include(Loops.class.getName())
                            .forks(1)
                            .warmupIterations(3)
                            .warmupTime(TimeValue.seconds(1))
                            .measurementIterations(5)
                            .measurementTime(TimeValue.seconds(1))
                            .verbosity(VerboseMode.SILENT)
                            .build())
                    .run()) {
                List<Double> values = result.getAggregatedResult().getIterationResults().stream()
                        .map(iteration -> iteration.getPrimaryResult().getScore())
                        .toList();
                String loop = result.getParams().getBenchmark();
                bench.report().add(new Figure("loops", loop.substring(loop.lastIndexOf('.') + 1), "µs", values));
            }
        } catch (RunnerException e) {
            throw new IllegalStateException("JMH failed: " + e.getMessage(), e);
        }
    }
}
