package org.vzrig.appliance.daemon;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.vzrig.appliance.settings.Settings.Card;
import org.vzrig.emulator.device.BlockStore;

/** Keeps the memory card in the socket when the machine is switched off and on. */
final class CardSocket implements Attachment {
  private final Supplier<Optional<Card>> wanted;
  private @Nullable Card opened;
  private @Nullable BlockStore blocks;

  /** A socket with the card that {@code wanted} names at each power-on. */
  CardSocket(Supplier<Optional<Card>> wanted) {
    this.wanted = wanted;
  }

  @Override
  public void attach(PoweredMachine machine) throws IOException {
    Card card = wanted.get().orElse(null);
    if (card == null) {
      return;
    }
    BlockStore store = blocks;
    if (store == null || !card.equals(opened)) {
      store = BlockStore.file(card.file(), card.readOnly());
      blocks = store;
      opened = card;
    }
    machine.target().debug().machine().insertCard(store);
  }
}
