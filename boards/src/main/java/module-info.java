/** What a chip and a board are, as data, and firmware images. */
@org.jspecify.annotations.NullMarked
module org.vzrig.boards {
  requires static transitive org.jspecify;

  exports org.vzrig.boards;
  exports org.vzrig.boards.image;
}
