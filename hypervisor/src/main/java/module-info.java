/**
 * tinyVP's behaviour in Java: configuration, memory layout, guests, exits, devices, scheduler,
 * console.
 */
@org.jspecify.annotations.NullMarked
module org.vzrig.hypervisor {
  requires static transitive org.jspecify;
  requires transitive org.vzrig.boards;
  requires transitive org.vzrig.emulator;
  requires org.tinylog.api;

  exports org.vzrig.hypervisor.config;
  exports org.vzrig.hypervisor.generate;
  exports org.vzrig.hypervisor.image;
  exports org.vzrig.hypervisor.layout;
  exports org.vzrig.hypervisor.report;
  exports org.vzrig.hypervisor.rt;
  exports org.vzrig.hypervisor.rt.console;

  opens org.vzrig.hypervisor.rt to
      org.vzrig.emulator;
  opens org.vzrig.hypervisor.rt.console to
      org.vzrig.emulator;
  opens org.vzrig.hypervisor.rt.core to
      org.vzrig.emulator;
  opens org.vzrig.hypervisor.rt.device to
      org.vzrig.emulator;
  opens org.vzrig.hypervisor.rt.exit to
      org.vzrig.emulator;
  opens org.vzrig.hypervisor.rt.sched to
      org.vzrig.emulator;
}
