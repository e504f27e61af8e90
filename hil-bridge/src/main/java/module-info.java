/** Serial lines and GPIO lines of the host, and the agents that tie them to the machine's ports. */
@org.jspecify.annotations.NullMarked
module org.vzrig.hil {
  requires static transitive org.jspecify;
  requires transitive org.vzrig.boards;
  requires transitive org.vzrig.emulator;
  requires org.tinylog.api;
  requires jssc;
  requires com.pi4j;
  requires com.pi4j.plugin.gpiod;
  requires com.pi4j.plugin.linuxfs;
  // what unpacks jssc's library logs through it, and is no module that could say so
  requires org.slf4j;

  exports org.vzrig.hil.agent;
  exports org.vzrig.hil.bridge;
  exports org.vzrig.hil.capture;
  exports org.vzrig.hil.compare;
  exports org.vzrig.hil.gpio;
  exports org.vzrig.hil.serial;
}
