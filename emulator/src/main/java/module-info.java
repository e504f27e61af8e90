/** The M5150 core, the PIC32MZ EF peripherals, virtual time and the machine. */
@org.jspecify.annotations.NullMarked
module org.vzrig.emulator {
  requires static transitive org.jspecify;
  requires transitive org.vzrig.boards;
  requires org.tinylog.api;

  exports org.vzrig.emulator.bus;
  exports org.vzrig.emulator.cpu;
  exports org.vzrig.emulator.device;
  exports org.vzrig.emulator.machine;
  exports org.vzrig.emulator.periph;
  exports org.vzrig.emulator.port;
  exports org.vzrig.emulator.snapshot;
  exports org.vzrig.emulator.time;
}
