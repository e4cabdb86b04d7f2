package dev.foretell.worker.training.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foretell.worker.training.code.TrainFunction;
import dev.foretell.worker.training.code.Training;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainCodeTest {
    @TempDir
    private Path classes = Path.of("");

    private TrainFunction compile(String source) throws IOException {
        return TrainCode.compile(source, classes);
    }

    /** As one in a jar. */
    public static final class Own implements TrainFunction {
        @Override
        public Path train(Training training) {
            return training.table();
        }
    }

    @Test
    void aClassIsFoundByItsName() {
        assertThat(TrainCode.ofName(Own.class.getName(), Own.class.getClassLoader()))
                .isInstanceOf(Own.class);
        assertThatThrownBy(() -> TrainCode.ofName("no.such.Thing", Own.class.getClassLoader()))
                .hasMessageContaining("there is no class no.such.Thing on the trainer's class path");
        assertThatThrownBy(() -> TrainCode.ofName("java.lang.String", Own.class.getClassLoader()))
                .hasMessageContaining("the class java.lang.String does not implement " + TrainFunction.class.getName());
    }

    @Test
    void aSourceFileIsCompiledInItsPackage() throws Exception {
        TrainFunction mine = compile("""
                package com.me;
                import dev.foretell.worker.training.code.*;
                public final class Mine implements TrainFunction {
                    public java.nio.file.Path train(Training training) { return training.folder(); }
                }
                """);

        assertThat(mine.getClass().getName()).isEqualTo("com.me.Mine");
    }

    @Test
    void mistakesAreToldWithTheirLines() {
        assertThatThrownBy(() -> compile("""
                public class Mine implements dev.foretell.worker.training.code.TrainFunction {
                    int x = "text";
                }
                """))
                .hasMessageStartingWith("the source does not compile: line ")
                .hasMessageContaining("line 2: ");
        assertThatThrownBy(() -> compile("class Hidden {}")).hasMessage("the source has no public class");
        assertThatThrownBy(() -> compile("public class Plain {}"))
                .hasMessageContaining("the class Plain does not implement");
        assertThatThrownBy(() -> compile("""
                public class Mine implements dev.foretell.worker.training.code.TrainFunction {
                    public Mine(int size) {}
                    public java.nio.file.Path train(dev.foretell.worker.training.code.Training training) { return null; }
                }
                """)).hasMessageContaining("with a public constructor without parameters");
    }
}
