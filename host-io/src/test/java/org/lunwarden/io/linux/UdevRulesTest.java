package org.lunwarden.io.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.lunwarden.io.DeviceMapper.Readiness;
import org.lunwarden.model.DevT;

class UdevRulesTest {

    private static final String CONTROL = "run/udev/control";
    private static final String RULES = "usr/lib/udev/rules.d/11-dm-mpath.rules";

    @TempDir
    Path root;

    @Test
    void withoutUdevNobodyTells() throws IOException {
        has(RULES);

        assertThat(rules().udevRuns()).isFalse();
        assertThat(rules().tellOfMaps()).isFalse();
        assertThat(rules().readiness(new DevT(252, 0))).isEqualTo(Readiness.UNTOLD);
    }

    @Test
    void withoutRulesForMapsNobodyTells() throws IOException {
        has(CONTROL);

        assertThat(rules().udevRuns()).isTrue();
        assertThat(rules().tellOfMaps()).isFalse();
        assertThat(rules().readiness(new DevT(252, 0))).isEqualTo(Readiness.UNTOLD);
    }

    @Test
    void udevAndItsRulesTell() throws IOException {
        has(CONTROL);
        has(RULES);

        assertThat(rules().tellOfMaps()).isTrue();
    }

    @Test
    void theRulesOfASiteTellToo() throws IOException {
        has(CONTROL);
        has("etc/udev/rules.d/11-dm-mpath.rules");

        assertThat(rules().tellOfMaps()).isTrue();
    }

    @Test
    void theRulesAreLookedForOnceAndUdevEachTime() throws IOException {
        has(RULES);
        var rules = rules();
        has(CONTROL);
        Files.delete(root.resolve(RULES));

        assertThat(rules.tellOfMaps()).isTrue();
    }

    private UdevRules rules() {
        return new UdevRules(new SysfsTree(root));
    }

    private void has(String path) throws IOException {
        var file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "");
    }
}
