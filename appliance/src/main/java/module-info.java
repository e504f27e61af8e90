/** Command line, daemon and the wiring of everything. */
@org.jspecify.annotations.NullMarked
module org.vzrig.appliance {
  requires static org.jspecify;
  requires org.vzrig.boards;
  requires org.vzrig.emulator;
  requires org.vzrig.hypervisor;
  requires org.vzrig.hil;
  requires org.vzrig.flasher;
  requires info.picocli;
  requires org.tinylog.api;
  requires tools.jackson.databind;
  requires tools.jackson.dataformat.toml;
  requires jdk.net;
  // signals: sun.misc.Signal, by reflection
  requires jdk.unsupported;
  // the implementation is found as a service; named here so that the module path resolves it
  requires org.tinylog.impl;

  opens org.vzrig.appliance to
      info.picocli;
  opens org.vzrig.appliance.capture to
      info.picocli;
  opens org.vzrig.appliance.compare to
      info.picocli;
  opens org.vzrig.appliance.config to
      info.picocli;
  opens org.vzrig.appliance.debug to
      info.picocli;
  opens org.vzrig.appliance.control to
      info.picocli;
  opens org.vzrig.appliance.doctor to
      info.picocli;
  opens org.vzrig.appliance.service to
      info.picocli;
  opens org.vzrig.appliance.run to
      info.picocli;
  opens org.vzrig.appliance.pins to
      info.picocli;
  opens org.vzrig.appliance.flash to
      info.picocli;

  // tinylog makes the writer by its name
  exports org.vzrig.appliance.log to
      org.tinylog.api,
      org.tinylog.impl;
}
