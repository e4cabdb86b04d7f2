package dev.foretell.e2e;

import dev.foretell.edge.EventLoops;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.condition.EnabledIf;

/** The one fault for which all processes need a wall clock of their own. */
@EnabledIf("dev.foretell.e2e.WallClock#canBeSet")
class ChaosClockTest extends ChaosSuite {
    ChaosClockTest() {
        super(EventLoops.AUTO, "clock");
    }

    @Override
    Stage stage(Path folder) {
        return new Stage(folder, EventLoops.AUTO, new WallClock(folder.resolveSibling("offset")));
    }

    @Override
    Stream<Case> cases() {
        return Stream.of(Case.WALL_CLOCK_JUMPING);
    }
}
