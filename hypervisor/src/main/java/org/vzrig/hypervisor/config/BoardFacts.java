package org.vzrig.hypervisor.config;

import java.util.List;
import org.vzrig.boards.Board;
import org.vzrig.boards.TinyVp;

/**
 * What the placement has to know of a board, from tinyVP's board file or built in.
 *
 * @param where the board file, or the configuration when the facts are built in
 * @param name tinyVP's name of the board
 * @param rom physical addresses for guest code
 * @param ram physical addresses for guest data
 * @param eretPage address of the page through which tinyVP clears the guests' LL bit
 * @param vzcode where tinyVP's own code starts
 * @param vzentry where tinyVP starts
 * @param vzdata where tinyVP's own data start
 * @param vzstacksize bytes of tinyVP's stack
 * @param pmdBase PMD1 to PMD7 before any device is enabled; empty when they stay untouched
 */
public record BoardFacts(
    Where where,
    String name,
    Pool rom,
    Pool ram,
    long eretPage,
    long vzcode,
    long vzentry,
    long vzdata,
    int vzstacksize,
    List<Integer> pmdBase) {
  /**
   * Physical addresses that may be handed out.
   *
   * @param start first address
   * @param end address behind the last
   */
  public record Pool(long start, long end) {}

  /** The facts of a board of ours, for a configuration that has no board file. */
  static BoardFacts of(Board board, Where where) {
    TinyVp facts = board.tinyvp();
    return new BoardFacts(
        where,
        board.name(),
        new Pool(Integer.toUnsignedLong(facts.romStart()), Integer.toUnsignedLong(facts.romEnd())),
        new Pool(Integer.toUnsignedLong(facts.ramStart()), Integer.toUnsignedLong(facts.ramEnd())),
        Integer.toUnsignedLong(facts.eretPage()),
        Integer.toUnsignedLong(facts.vzCode()),
        Integer.toUnsignedLong(facts.vzEntry()),
        Integer.toUnsignedLong(facts.vzData()),
        facts.stackBytes(),
        facts.pmdBase());
  }
}
