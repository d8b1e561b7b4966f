package org.lunwarden.io.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.lunwarden.io.IoResult;

class OpenFilesTest {

    @ParameterizedTest
    @CsvSource({ // what is wanted, the limit now, what the kernel allows -> the limit then
        "2147483647, 1024, 1048576, 1048576",
        "8192, 1024, 1048576, 8192",
        "8192, 65536, 1048576, 65536",
        "2147483646, 1024, 1048576, 1048576",
        "2147483647, -1, 1048576, -1",
        "0, 1024, 1048576, 1024"
    })
    void theLimitIsRaisedAsFarAsTheKernelAllowsAndNeverLowered(int most, long now, long kernel, long then) {
        assertThat(OpenFiles.wanted(most, now, kernel)).isEqualTo(then);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aLowerNumberThanTheProcessHasChangesNothing() throws IOException {
        var before = limit();

        assertThat(OpenFiles.allow(1)).isInstanceOf(IoResult.Ok.class);

        assertThat(limit()).isEqualTo(before);
    }

    private static String limit() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/limits")).stream()
                .filter(line -> line.startsWith("Max open files"))
                .findFirst()
                .orElseThrow();
    }
}
