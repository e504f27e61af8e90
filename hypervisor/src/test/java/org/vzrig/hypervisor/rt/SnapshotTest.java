package org.vzrig.hypervisor.rt;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vzrig.boards.Board;
import org.vzrig.boards.Boards;
import org.vzrig.emulator.cpu.Cpu;
import org.vzrig.emulator.machine.Machine;
import org.vzrig.emulator.periph.ResetCause;
import org.vzrig.emulator.snapshot.Snapshot;
import org.vzrig.emulator.snapshot.SnapshotException;
import org.vzrig.hypervisor.config.ConfigException;
import org.vzrig.hypervisor.layout.Layouts;

/** A restored run goes on exactly as the one that its state was taken from. */
class SnapshotTest {
  private static final Map<String, String> HEADER = Map.of("board", "wifire", "version", "1");
  private static final long ON = 300_000_000;

  private static Rig rig(String configuration) throws ConfigException {
    Path file = Path.of("guests").resolve(configuration);
    Board board = Boards.WIFIRE;
    return Rig.build(board, Layouts.read(file, board.name()));
  }

  private static byte[] file(Rig rig) throws SnapshotException, IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Snapshot.of(rig, HEADER).write(out);
    return out.toByteArray();
  }

  private static String message(SnapshotException e) {
    return String.valueOf(e.getMessage());
  }

  private static Snapshot read(byte[] file) throws SnapshotException, IOException {
    return Snapshot.read(new ByteArrayInputStream(file));
  }

  /** Console bytes and pin edges with their times while {@code rig} goes on. */
  private static String events(Rig rig, int typed) {
    StringBuilder events = new StringBuilder();
    Machine machine = rig.machine();
    machine.uart(4).onTransmit((cycle, value) -> events.append(cycle).append(' ').append(value));
    machine.pins().onChange((cycle, pin, level) -> events.append(cycle).append(pin).append(level));
    machine.run(ON / 3);
    machine.uart(4).receive(typed);
    machine.run(ON - ON / 3);
    return events.toString();
  }

  @ParameterizedTest
  @CsvSource({
    "wifire.config, 0",
    "wifire.config, 3",
    "wifire.config, 1000003",
    "seven.config, 250000001",
    "fpu.config, 40000001",
    "dma.config, 90000007"
  })
  void goesOnBitForBit(String configuration, long cycle) throws Exception {
    Rig original = rig(configuration);
    original.machine().run(cycle);
    byte[] file = file(original);
    Rig restored = rig(configuration);
    read(file).restoreInto(restored);
    assertArrayEquals(file, file(restored), "state right after");
    String expected = events(original, 'q');
    assertFalse(expected.isEmpty());
    assertEquals(expected, events(restored, 'q'));
    assertArrayEquals(file(original), file(restored), "state at the end");
  }

  @Test
  void goesIntoAMachineThatHasRunWithTheOtherEngine() throws Exception {
    Rig original = rig("wifire.config");
    original.machine().run(250_000_000);
    byte[] file = file(original);
    Rig used = rig("wifire.config");
    used.machine().cpu().engine(Cpu.Engine.INTERPRETER);
    used.machine().run(77_000_000);
    read(file).restoreInto(used);
    assertEquals(events(original, '1'), events(used, '1'));
  }

  @Test
  void keepsWhatAResetHasStartedAnew() throws Exception {
    Rig original = rig("wifire.config");
    original.machine().run(30_000_000);
    original.machine().reset(ResetCause.MCLR);
    original.machine().run(30_000_000);
    Rig restored = rig("wifire.config");
    read(file(original)).restoreInto(restored);
    assertEquals(events(original, 'x'), events(restored, 'x'));
  }

  @Test
  void refusesAnotherConfiguration() throws Exception {
    byte[] file = file(rig("wifire.config"));
    Rig other = rig("seven.config");
    SnapshotException e =
        assertThrows(SnapshotException.class, () -> read(file).restoreInto(other));
    assertTrue(message(e).contains("built otherwise"), message(e));
  }

  @Test
  void tellsEveryHeaderEntryThatDiffers() throws Exception {
    Snapshot snapshot = read(file(rig("wifire.config")));
    snapshot.check(HEADER);
    SnapshotException e =
        assertThrows(
            SnapshotException.class,
            () -> snapshot.check(Map.of("board", "olimex-emz64", "version", "2")));
    assertTrue(message(e).contains("board: expected olimex-emz64, found wifire"));
    assertTrue(message(e).contains("version: expected 2, found 1"));
  }

  @Test
  void refusesADamagedFile() throws Exception {
    byte[] file = file(rig("wifire.config"));
    file[file.length / 2] ^= 1;
    SnapshotException e = assertThrows(SnapshotException.class, () -> read(file));
    assertTrue(message(e).contains("damaged"));
    assertThrows(SnapshotException.class, () -> read(new byte[100]));
    assertThrows(SnapshotException.class, () -> read(new byte[0]));
  }

  @Test
  void namesWhatDoesNotBelongToTheMachine() throws Exception {
    Rig rig = rig("wifire.config");
    Thread outside = Thread.currentThread();
    rig.machine()
        .events()
        .schedule(rig.machine().events().event("outside", () -> outside.interrupt()), 1_000_000);
    SnapshotException e = assertThrows(SnapshotException.class, () -> file(rig));
    assertTrue(message(e).contains("java.lang.Thread"), message(e));
    assertTrue(message(e).contains("events"), message(e));
  }
}
