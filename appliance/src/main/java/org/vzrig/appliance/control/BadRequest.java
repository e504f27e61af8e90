package org.vzrig.appliance.control;

/** A client has asked for something that the protocol does not know. */
final class BadRequest extends Exception {
  private static final long serialVersionUID = 1L;

  BadRequest(String message) {
    super(message);
  }
}
