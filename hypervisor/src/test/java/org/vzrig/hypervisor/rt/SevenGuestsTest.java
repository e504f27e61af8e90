package org.vzrig.hypervisor.rt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.vzrig.hypervisor.config.ConfigException;

/** Seven guests at once, two of which never wait. */
class SevenGuestsTest {
  @Test
  void allRun() throws ConfigException {
    TestRig rig = TestRig.of("seven.config").until(6);
    String text = rig.text();
    assertEquals(7, rig.rig().status().size());
    assertTrue(text.contains("DEVID   = 0720e053\n"), text);
    assertTrue(text.contains("Hello from a guest.\n"), text);
    assertTrue(text.contains("checksum d9aff792\n"), text);
    assertTrue(rig.edges("RG6").size() >= 6);
    for (int guest : List.of(6, 7)) {
      assertTrue(rig.status(guest).exits() > 50, "guest " + guest + " computes");
    }
  }

  @Test
  void guestsThatWaitAreServedWhileOthersCompute() throws ConfigException {
    TestRig rig = TestRig.of("seven.config").until(6);
    List<Double> edges = rig.edges("RB11").stream().filter(t -> t > 0.7).toList();
    for (int i = 1; i < edges.size(); i++) {
      assertEquals(0.3, edges.get(i) - edges.get(i - 1), 0.002, edges::toString);
    }
  }
}
