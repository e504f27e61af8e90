/**
 * What a service tells systemd: its state (sd_notify(3)) and its messages with fields
 * (systemd.journal-fields(7)), as datagrams. All of it does nothing where there is no systemd.
 */
package org.vzrig.appliance.systemd;
