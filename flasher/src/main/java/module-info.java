/** The pic32prog-compatible programmer. */
@org.jspecify.annotations.NullMarked
module org.vzrig.flasher {
  requires static transitive org.jspecify;
  requires transitive org.vzrig.boards;
  requires transitive org.vzrig.hil;
  requires hid4java;

  exports org.vzrig.flasher;
  exports org.vzrig.flasher.mpsse;
  exports org.vzrig.flasher.pic32prog;
  exports org.vzrig.flasher.usb;
}
