/**
 * {@code vzrig daemon}: one rig that runs for months, with everything that is attached to it. What
 * speaks with users is in {@code control}, what speaks with systemd in {@code systemd}.
 */
package org.vzrig.appliance.daemon;
