package org.lunwarden.deploy.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.PackageMatcher;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArchitectureTest {

    private static final String BREACH = "org.lunwarden.deploy.architecture.breach";
    private static final JavaClasses HOUSE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            // what modules share for their tests comes as a jar
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("org.lunwarden");
    private static final JavaClasses BREACHES = new ClassFileImporter().importPackages(BREACH);

    static Stream<Map.Entry<String, ArchRule>> rulesOfTheHouse() {
        return new Arrows("org.lunwarden").rules().entrySet().stream();
    }

    static Stream<Map.Entry<String, ArchRule>> rulesOverBreaches() {
        return new Arrows(BREACH).rules().entrySet().stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rulesOfTheHouse")
    void theHouseKeepsItsRules(Map.Entry<String, ArchRule> rule) {
        rule.getValue().check(HOUSE);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rulesOverBreaches")
    void everyRuleCatchesADeliberateBreach(Map.Entry<String, ArchRule> rule) {
        assertThat(rule.getValue().evaluate(BREACHES).hasViolation()).isTrue();
    }

    static Stream<String> packagesThatDecide() {
        return Arrows.PURE.stream();
    }

    @ParameterizedTest
    @MethodSource("packagesThatDecide")
    void everyPackageThatDecidesHoldsAClass(String decider) {
        var inside = PackageMatcher.of("org.lunwarden." + decider);

        assertThat(HOUSE)
                .anyMatch(type -> inside.matches(type.getPackageName())
                        && !type.getSimpleName().equals("package-info"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"model", "conf", "io", "path", "map", "node", "fleet", "http", "cli", "deploy"})
    void everyModuleIsLookedAt(String module) {
        assertThat(HOUSE).anyMatch(type -> type.getPackageName().startsWith("org.lunwarden." + module));
    }
}
