package org.vzrig.hypervisor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.vzrig.hypervisor.config.ConfigException;
import org.vzrig.hypervisor.config.MapSource;
import org.vzrig.hypervisor.layout.Layout;
import org.vzrig.hypervisor.layout.Layouts;

/** The guest programs and configurations that come with vzrig belong together. */
class GuestConfigurationsTest {
  private static final Path GUESTS = Path.of("guests");

  static List<Path> configurations() throws IOException {
    return files(".config");
  }

  static List<Path> images() throws IOException {
    return files(".elf");
  }

  private static List<Path> files(String suffix) throws IOException {
    try (Stream<Path> all = Files.walk(GUESTS)) {
      return all.filter(p -> p.toString().endsWith(suffix)).sorted().toList();
    }
  }

  private static String board(Path configuration) {
    return switch (configuration.getFileName().toString()) {
      case "olimex.config" -> "olimex-emz64";
      case "dm320007.config" -> "dm320007";
      default -> "wifire";
    };
  }

  @ParameterizedTest
  @MethodSource("configurations")
  void everyConfigurationIsWithoutErrorOrWarning(Path configuration) throws ConfigException {
    Layout layout = Layouts.read(configuration, board(configuration));
    assertEquals(List.of(), layout.warnings());
    assertFalse(layout.vms().isEmpty());
  }

  @ParameterizedTest
  @MethodSource("images")
  void everyMapFileIsWhatItsImageSays(Path image) throws IOException {
    assertEquals(MapSource.derive(image), Files.readString(MapSource.beside(image)));
  }
}
