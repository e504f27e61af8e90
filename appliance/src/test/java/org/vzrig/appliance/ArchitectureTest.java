package org.vzrig.appliance;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What may know what: the arrows of the modules, and the rules of the machine's thread and time.
 */
class ArchitectureTest {
  /** Everything that the machine thread alone may touch. */
  private static final String[] MACHINE = {
    "org.vzrig.emulator.cpu..",
    "org.vzrig.emulator.bus..",
    "org.vzrig.emulator.periph..",
    "org.vzrig.emulator.time..",
    "org.vzrig.hypervisor.."
  };

  private static final JavaClasses OURS =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("org.vzrig");

  private static void check(ArchRule rule) {
    rule.check(OURS);
  }

  @Test
  void seesEveryModule() {
    for (String part : List.of("boards", "emulator", "hypervisor", "hil", "flasher", "appliance")) {
      assertTrue(
          OURS.stream().anyMatch(c -> c.getPackageName().startsWith("org.vzrig." + part)), part);
    }
  }

  @Test
  void dependenciesPointDown() {
    check(
        layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("boards")
            .definedBy("org.vzrig.boards..")
            .layer("emulator")
            .definedBy("org.vzrig.emulator..")
            .layer("hypervisor")
            .definedBy("org.vzrig.hypervisor..")
            .layer("hil")
            .definedBy("org.vzrig.hil..")
            .layer("flasher")
            .definedBy("org.vzrig.flasher..")
            .layer("appliance")
            .definedBy("org.vzrig.appliance..")
            .whereLayer("appliance")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("flasher")
            .mayOnlyBeAccessedByLayers("appliance")
            .whereLayer("hypervisor")
            .mayOnlyBeAccessedByLayers("appliance")
            .whereLayer("hil")
            .mayOnlyBeAccessedByLayers("flasher", "appliance")
            .whereLayer("emulator")
            .mayOnlyBeAccessedByLayers("hypervisor", "hil", "appliance"));
  }

  @Test
  void theMachineKnowsVirtualTimeAlone() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage("org.vzrig.emulator..", "org.vzrig.hypervisor..")
            .and()
            .doNotHaveSimpleName("RealTimePacer")
            .should()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(Thread.class, "sleep", long.class)
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.time.Instant")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.time.Clock"));
  }

  @Test
  void theMachineHasNoLocks() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage(MACHINE)
            .and()
            .doNotHaveSimpleName("TranslationWorker")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.util.concurrent.."));
    check(
        fields()
            .that()
            .areDeclaredInClassesThat()
            .resideInAnyPackage(MACHINE)
            .should()
            .notHaveModifier(JavaModifier.VOLATILE));
    check(
        methods()
            .that()
            .areDeclaredInClassesThat()
            .resideInAnyPackage(MACHINE)
            .should()
            .notHaveModifier(JavaModifier.SYNCHRONIZED));
  }

  @Test
  void devicesKnowNeitherCoreNorOutside() {
    check(
        noClasses()
            .that()
            .resideInAPackage("org.vzrig.emulator.periph..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.vzrig.emulator.machine.."));
    check(
        noClasses()
            .that()
            .resideInAPackage("org.vzrig.emulator.cpu..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.vzrig.emulator.periph..", "org.vzrig.emulator.machine.."));
  }

  @Test
  void onlyTheCommandLinePrints() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages("org.vzrig.appliance..", "org.vzrig.boards.testing..")
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err"));
  }

  @Test
  void testsDoNotSleep() throws IOException {
    Path root = VzrigProcess.root();
    try (Stream<Path> files = Files.walk(root, 12)) {
      List<String> sleeping =
          files
              .filter(file -> file.toString().contains("/src/test/java/"))
              .filter(file -> file.toString().endsWith(".java"))
              .filter(file -> !file.endsWith("ArchitectureTest.java"))
              .filter(ArchitectureTest::sleeps)
              .map(file -> root.relativize(file).toString())
              .toList();
      assertTrue(sleeping.isEmpty(), () -> "Thread.sleep in " + sleeping);
    }
  }

  private static boolean sleeps(Path file) {
    try {
      return Files.readString(file).contains("Thread.sleep(");
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
