package org.vzrig.emulator.periph;

import org.vzrig.emulator.bus.Register;
import org.vzrig.emulator.bus.RegisterBlock;

/**
 * The random number generator (data sheet section 27). Its "true" random numbers come from a fixed
 * seed, so that a run repeats exactly.
 */
public final class Rng implements Peripheral {
  private static final int TRNGEN = 1 << 8;
  private static final int PRNGEN = 1 << 9;
  private static final int LOAD = 1 << 12;
  private static final int VERSION = 0x0002_0100;
  private static final int FULL_COUNT = 64;
  private static final long SEED = 0x9E37_79B9_7F4A_7C15L;

  private final RegisterBlock registers = new RegisterBlock(0x1F8E_6000, 0x100);
  private final Register con;
  private final Register number1;
  private final Register number2;
  private final Register seed1;
  private final Register seed2;
  private long entropy = SEED;

  /** The generator. */
  public Rng() {
    registers.plain(0x00, "RNGVER").reset(VERSION);
    con = registers.plain(0x04, "RNGCON").reset(0x40).rw(0x1FFF).onWrite((o, now) -> written(now));
    registers.plain(0x08, "RNGPOLY1").reset(0xFFFF_0000).rw();
    registers.plain(0x0C, "RNGPOLY2").reset(0xFFFF_0000).rw();
    number1 = registers.plain(0x10, "RNGNUMGEN1").reset(-1).rw();
    number2 = registers.plain(0x14, "RNGNUMGEN2").reset(-1).rw();
    number1.onRead(() -> next(number1));
    number2.onRead(() -> next(number2));
    seed1 = registers.plain(0x18, "RNGSEED1");
    seed2 = registers.plain(0x1C, "RNGSEED2");
    seed1.onRead(() -> random(seed1));
    seed2.onRead(() -> random(seed2));
    registers.plain(0x20, "RNGCNT").live(() -> con.has(TRNGEN) ? FULL_COUNT : 0);
  }

  @Override
  public RegisterBlock registers() {
    return registers;
  }

  @Override
  public void reset() {
    registers.reset();
  }

  private void written(int now) {
    if ((now & LOAD) != 0) {
      con.clear(LOAD);
      number1.value(random(seed1));
      number2.value(random(seed2));
    }
  }

  private int random(Register seed) {
    if (con.has(TRNGEN)) {
      entropy = mix(entropy + SEED);
      seed.value((int) entropy);
    }
    return seed.value();
  }

  /** While the pseudo-random generator runs, each look finds it somewhere else. */
  private int next(Register number) {
    if (con.has(PRNGEN)) {
      number.value((int) mix(Integer.toUnsignedLong(number.value()) * SEED + 1));
    }
    return number.value();
  }

  private static long mix(long value) {
    long z = value;
    z = (z ^ z >>> 30) * 0xBF58_476D_1CE4_E5B9L;
    z = (z ^ z >>> 27) * 0x94D0_49BB_1331_11EBL;
    return z ^ z >>> 31;
  }
}
