package org.vzrig.emulator.cpu;

/** Code that loads a {@link Snapshot} into the core and that saves one. */
final class StateCode {
  private static final int SNAP = LinuxProgram.SNAPSHOT_REGISTER;
  private static final int BASE = LinuxProgram.DATA_REGISTER;
  private static final int TEMP = 1;

  private final Asm asm = new Asm();
  private final Profile profile;

  StateCode(Profile profile) {
    this.profile = profile;
  }

  /** Loads the snapshot at {@link LinuxProgram#INITIAL}; falls through at its end. */
  Asm loader() {
    asm.li(SNAP, LinuxProgram.INITIAL).li(BASE, LinuxProgram.DATA);
    for (int i = 0; i < Snapshot.DATA_WORDS; i++) {
      load(Snapshot.offset("data-32") + 4 * i);
      asm.op("sw", 's', BASE, 't', TEMP, 'i', 4 * i - 32);
    }
    load(Snapshot.offset("hi0"));
    asm.op("mthi", 's', TEMP);
    load(Snapshot.offset("lo0"));
    asm.op("mtlo", 's', TEMP);
    if (profile.dsp()) {
      for (int q = 1; q < 4; q++) {
        load(Snapshot.offset("hi" + q));
        asm.op("mthi/ac", 's', TEMP, 'q', q);
        load(Snapshot.offset("lo" + q));
        asm.op("mtlo/ac", 's', TEMP, 'q', q);
      }
      load(Snapshot.offset("dspctl"));
      asm.op("wrdsp", 's', TEMP, 'm', 0x3F);
    }
    if (profile.floats()) {
      floats(profile.pairs() ? "lwc1" : "ldc1");
      load(Snapshot.offset("fcsr"));
      asm.op("ctc1", 't', TEMP, 'S', 31);
    }
    for (int r = 1; r < 32; r++) {
      if (r != SNAP && r != BASE) {
        asm.op("lw", 's', SNAP, 't', r, 'i', 4 * r);
      }
    }
    return asm.li(SNAP, LinuxProgram.SNAPSHOTS);
  }

  /**
   * Saves the state at the snapshot register and moves that on. The caller has saved r31, which is
   * its return address here.
   */
  Asm saver() {
    for (int r = 1; r < 31; r++) {
      asm.op("sw", 's', SNAP, 't', r, 'i', 4 * r);
    }
    asm.op("mfhi", 'd', TEMP);
    save(Snapshot.offset("hi0"));
    asm.op("mflo", 'd', TEMP);
    save(Snapshot.offset("lo0"));
    if (profile.dsp()) {
      for (int q = 1; q < 4; q++) {
        asm.op("mfhi/ac", 'd', TEMP, 'q', q);
        save(Snapshot.offset("hi" + q));
        asm.op("mflo/ac", 'd', TEMP, 'q', q);
        save(Snapshot.offset("lo" + q));
      }
      asm.op("rddsp", 'd', TEMP, 'm', 0x3F);
      save(Snapshot.offset("dspctl"));
    }
    if (profile.floats()) {
      asm.op("cfc1", 't', TEMP, 'S', 31);
      save(Snapshot.offset("fcsr"));
      floats(profile.pairs() ? "swc1" : "sdc1");
    }
    for (int i = 0; i < Snapshot.DATA_WORDS; i++) {
      asm.op("lw", 's', BASE, 't', TEMP, 'i', 4 * i - 32);
      save(Snapshot.offset("data-32") + 4 * i);
    }
    for (int i = 0; i < Snapshot.COUNTER_WORDS; i++) {
      asm.op("lw", 's', BASE, 't', TEMP, 'i', LinuxProgram.COUNTERS - LinuxProgram.DATA + 4 * i);
      save(Snapshot.offset("signals0") + 4 * i);
    }
    asm.op("or", 's', 31, 't', 0, 'd', BASE);
    asm.op("lw", 's', SNAP, 't', 31, 'i', 4 * 31);
    load(4 * TEMP);
    asm.op("addiu", 's', SNAP, 't', SNAP, 'i', Snapshot.SIZE);
    return asm.op("jr", 's', BASE).op("lui", 't', BASE, 'i', LinuxProgram.DATA >>> 16);
  }

  private void floats(String operation) {
    for (int f = 0; f < 32; f++) {
      asm.op(operation, 's', SNAP, 'T', f, 'i', Snapshot.offset("f0") + 8 * f);
    }
  }

  private void load(int offset) {
    asm.op("lw", 's', SNAP, 't', TEMP, 'i', offset);
  }

  private void save(int offset) {
    asm.op("sw", 's', SNAP, 't', TEMP, 'i', offset);
  }
}
