package org.vzrig.flasher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.vzrig.boards.Board;
import org.vzrig.boards.Boards;

class PartsTest {
  @Test
  void theTableIsComplete() {
    assertEquals(47 + 61 + 48 + 48 + 2 + 4 + 1 + 1, Parts.all().size());
    Set<String> names = new HashSet<>();
    Parts.all().forEach(p -> names.add(p.name()));
    assertEquals(Parts.all().size() - 1, names.size(), "only the two DA parts share a name");
  }

  @Test
  void idsOfTheReference() {
    assertPart(0x7201053, "MZ0512EFE064", 512);
    assertPart(0x724E053, "MZ1024EFM144", 1024);
    assertPart(0x723B053, "MZ2048EFM100", 2048);
    assertPart(0x510E053, "MZ2048ECG100", 2048);
    assertPart(0x511E053, "MZ0256ECE144", 256);
    assertPart(0x514F053, "MZ2048ECM144", 2048);
    assertPart(0x4307053, "MX795F512L", 512);
    assertPart(0x6201053, "MK1024MCF100", 1024);
    assertEquals(Family.MM_GPM, Parts.byId(0x771E053).get().family());
    assertEquals(Family.BOOTLOADER, Parts.byId(0xDEAF_B00B).get().family());
    assertTrue(Parts.byId(0x1234567).isEmpty());
  }

  private static void assertPart(int id, String name, int kib) {
    Part part = Parts.byId(id | 0x5000_0000).get();
    assertEquals(name, part.name());
    assertEquals(kib << 10, part.flashBytes());
    assertEquals(part, Parts.named("PIC32" + name).get());
  }

  @Test
  void theBoardsPartsAreInTheTable() {
    for (Board board : Boards.all()) {
      Part part = Parts.byId(board.chip().deviceId()).get();
      assertEquals(board.chip().name(), "PIC32" + part.name());
      assertEquals(board.chip().flashBytes(), part.flashBytes());
    }
  }
}
