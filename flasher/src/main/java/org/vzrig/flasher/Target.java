package org.vzrig.flasher;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.vzrig.boards.image.Image;
import org.vzrig.boards.image.Problem;

/**
 * A part that can be programmed, behind whatever protocol. Open from construction to {@link
 * #close}; used by one thread. All addresses are physical.
 */
public interface Target extends AutoCloseable {
  /** What answers, such as "STK500v2 Bootloader". */
  String description();

  /** What this protocol can do with this part. */
  Set<Operation> operations();

  /** DEVID as read, silicon revision included. */
  int deviceId();

  /** What the target says it can program, if it says so. */
  default List<Area> areas() {
    return List.of();
  }

  /** Says which part was recognised, before anything is done with it. */
  default void identified(Part part) {}

  /** Bytes programmed and verified at once; a power of two. */
  int blockBytes(Part part);

  /** Whether boot flash can be written through this protocol. */
  boolean writesBoot();

  /** What is wrong with this image for this protocol in particular. */
  default List<Problem> check(Image image) {
    return List.of();
  }

  /** Makes everything ready for programming, verifying or reading {@code part}. */
  default void prepare(Part part) throws IOException {}

  /** Erases the whole chip, or what the loader leaves of it. */
  void erase() throws IOException;

  /** Erases the page that holds {@code address}. */
  default void erasePage(int address) throws IOException {
    throw new FlashException(
        FlashException.Reason.UNSUPPORTED, description() + " cannot erase single pages");
  }

  /** Says that pages which are not written keep their contents, also in the end. */
  default void keepOthers() {}

  /** Writes one block of {@link #blockBytes} bytes. */
  void program(int address, byte[] block) throws IOException;

  /** Compares one block; gives what differs, at most a few of the first words. */
  List<Mismatch> verify(int address, byte[] expected) throws IOException;

  /** Fills {@code into} from flash at {@code address}. */
  void read(int address, byte[] into) throws IOException;

  /** A likely cause of {@code mismatches}, if the protocol knows one. */
  default Optional<String> likelyCause(List<Mismatch> mismatches) {
    return Optional.empty();
  }

  /** Ends the session well: starts the application, or powers the part off. */
  void finish(boolean start) throws IOException;

  /** Releases port and adapter without starting anything. */
  @Override
  void close();
}
