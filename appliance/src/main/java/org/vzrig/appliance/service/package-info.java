/** {@code vzrig daemon} as a process: its command line, signals, and systemd. */
package org.vzrig.appliance.service;
