package org.vzrig.flasher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.vzrig.boards.image.Image;
import org.vzrig.boards.image.ImageBuilder;
import org.vzrig.boards.image.ImageException;
import org.vzrig.boards.image.Origin;
import org.vzrig.flasher.sim.FamilyImages;

/** What is refused before anything is touched, and what force lets through. */
class PlannerTest {
  private static final Part MZ = Parts.named("MZ2048EFG100").orElseThrow();
  private static final Origin LINE_7 = new Origin("a.hex", 7);

  /** A target that only says what it can do. */
  private record Fake(boolean writesBoot, int block) implements Target {
    @Override
    public String description() {
      return "fake";
    }

    @Override
    public Set<Operation> operations() {
      return writesBoot ? EnumSet.allOf(Operation.class) : EnumSet.of(Operation.PROGRAM);
    }

    @Override
    public int deviceId() {
      return 0;
    }

    @Override
    public int blockBytes(Part part) {
      return block;
    }

    @Override
    public void erase() {}

    @Override
    public void program(int address, byte[] bytes) {}

    @Override
    public List<Mismatch> verify(int address, byte[] expected) {
      return List.of();
    }

    @Override
    public void read(int address, byte[] into) {}

    @Override
    public void finish(boolean start) {}

    @Override
    public void close() {}
  }

  private static final Fake PROGRAMMER = new Fake(true, 2048);
  private static final Fake LOADER = new Fake(false, 1024);

  private static String refusal(Target target, Part part, boolean force, Image image) {
    ImageException e =
        assertThrows(
            ImageException.class, () -> new Planner(part, target, force).plan(image, false));
    return String.join("\n", e.problems().stream().map(Object::toString).toList());
  }

  private static Image at(int address, int... bytes) throws ImageException {
    byte[] data = new byte[bytes.length];
    for (int i = 0; i < data.length; i++) {
      data[i] = (byte) bytes[i];
    }
    return new ImageBuilder().add(address, data, LINE_7).build();
  }

  @Test
  void addressesOutsideThePartAreNamedWhateverTheForce() throws Exception {
    for (boolean force : new boolean[] {false, true}) {
      String text = refusal(PROGRAMMER, MZ, force, at(0x9D1F_FFFE, 1, 2, 3, 4));
      assertEquals(
          "a.hex:7: 1D200000: expected an address in the 2048 KiB flash or the boot flash of"
              + " MZ2048EFG100",
          text);
    }
    assertTrue(refusal(PROGRAMMER, MZ, false, at(0x8000_0000, 1)).contains("a.hex:7: 00000000"));
  }

  @ParameterizedTest
  @EnumSource(
      value = Family.class,
      names = {"BOOTLOADER"},
      mode = EnumSource.Mode.EXCLUDE)
  void bootContentsNeedConfigurationWords(Family family) throws Exception {
    Part part = Parts.byId(FamilyImages.part(family)).orElseThrow();
    Image image = at(0xBFC0_0000, 1, 2, 3, 4);
    assertTrue(
        refusal(PROGRAMMER, part, false, image).contains("no configuration words"), family.key());
    Plan forced = new Planner(part, PROGRAMMER, true).plan(image, false);
    assertEquals(1, forced.boot().size());
    Plan whole = new Planner(part, PROGRAMMER, false).plan(FamilyImages.of(family), false);
    assertTrue(whole.boot().size() >= 2, whole.lines().toString());
  }

  @Test
  void aLoaderCannotReplaceItself() throws Exception {
    String text = refusal(LOADER, MZ, false, at(0x9FC0_0000, 1, 2, 3, 4));
    assertTrue(text.startsWith("a.hex:7: 1FC00000: boot flash holds the boot loader"), text);
    Plan forced = new Planner(MZ, LOADER, true).plan(at(0x9FC0_0000, 1, 2, 3, 4), false);
    assertTrue(forced.boot().isEmpty());
    assertTrue(forced.lines().toString().contains("4 bytes for it are left out"));
  }

  /** XC32 images name boot flash 1; these are the same words as at the lower alias. */
  @Test
  void panelsAndAliasesAreTheSameWords() throws Exception {
    Image image = at(0xBFC4_FFC0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16);
    Plan plan = new Planner(MZ, PROGRAMMER, false).plan(image, false);
    assertEquals(0x1FC0_F800, plan.boot().getFirst().address());
    Image upper = at(0xBFC6_0000, 1, 2, 3, 4);
    assertEquals(
        0x1FC2_0000,
        new Planner(MZ, PROGRAMMER, true).plan(upper, false).boot().getFirst().address());
  }

  @Test
  void configurationWordsForALoaderAreLeftOut() throws Exception {
    Plan plan = new Planner(MZ, LOADER, false).plan(at(0xBFC0_FFC0, 1, 2, 3, 4), false);
    assertTrue(plan.boot().isEmpty() && plan.flash().isEmpty());
    assertTrue(plan.lines().toString().contains("the image's 4 bytes for it are left out"));
  }
}
