package org.vzrig.appliance.control;

import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a client has asked for.
 *
 * @param json the whole request
 */
record Request(ObjectNode json) {
  /** The command. */
  String command() throws BadRequest {
    return text("cmd");
  }

  /** A text that has to be there. */
  String text(String name) throws BadRequest {
    Optional<String> text = optionalText(name);
    if (text.isEmpty()) {
      throw new BadRequest("expected a text '" + name + "', found nothing");
    }
    return text.get();
  }

  /** A text, if it is there. */
  Optional<String> optionalText(String name) throws BadRequest {
    JsonNode node = json.get(name);
    if (node == null || node.isNull()) {
      return Optional.empty();
    }
    if (!node.isString()) {
      throw new BadRequest("'%s': expected a text, found %s".formatted(name, node));
    }
    return Optional.of(node.asString());
  }

  /** A number from {@code least} to {@code most}, if it is there. */
  OptionalInt optionalNumber(String name, int least, int most) throws BadRequest {
    JsonNode node = json.get(name);
    if (node == null || node.isNull()) {
      return OptionalInt.empty();
    }
    if (!node.isInt() || node.asInt() < least || node.asInt() > most) {
      throw new BadRequest(
          "'%s': expected a number from %d to %d, found %s".formatted(name, least, most, node));
    }
    return OptionalInt.of(node.asInt());
  }

  /** A number that has to be there. */
  int number(String name, int least, int most) throws BadRequest {
    OptionalInt number = optionalNumber(name, least, most);
    if (number.isEmpty()) {
      throw new BadRequest("expected a number '" + name + "', found nothing");
    }
    return number.getAsInt();
  }

  /** Whether {@code name} is true; false when it is not there. */
  boolean flag(String name) throws BadRequest {
    JsonNode node = json.get(name);
    if (node != null && !node.isBoolean()) {
      throw new BadRequest("'%s': expected true or false, found %s".formatted(name, node));
    }
    return node != null && node.asBoolean();
  }
}
